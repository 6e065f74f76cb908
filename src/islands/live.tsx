// Browser view. Joins a view to a feed: the state of build time until the page runs, each new state after.
import { Component, type ComponentChild, type ComponentClass } from "preact";
import { AT_BUILD, type Feed, type FeedState } from "./feed.ts";

/** An island from a view that is a pure function of its props and the feed's state. */
export function live<T, P extends object>(
	feedOfPage: (props: NoInfer<P>) => Feed<T>,
	view: (props: P, feed: FeedState<T>) => ComponentChild,
): ComponentClass<P, { feed: FeedState<T> }> {
	return class extends Component<P, { feed: FeedState<T> }> {
		override state = { feed: AT_BUILD as FeedState<T> };
		private leave: (() => void) | undefined;

		override componentDidMount() {
			this.leave = feedOfPage(this.props).subscribe((feed) => this.setState({ feed }));
		}

		override componentWillUnmount() {
			this.leave?.();
		}

		override render(props: P, { feed }: { feed: FeedState<T> }) {
			return view(props, feed);
		}
	};
}
