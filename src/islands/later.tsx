// Browser view. A part of a view that is loaded when there is something for it to show.
import { Component, type ComponentType } from "preact";

/** Nothing until the part has come; for what only a live page shows, never for what is built in. */
export function later<P extends object>(load: () => Promise<{ readonly default: ComponentType<P> }>) {
	let part: ComponentType<P> | null = null;
	return class extends Component<P> {
		private isThere = true;

		override componentDidMount() {
			if (part !== null) return;
			load().then(
				(module) => {
					part = module.default;
					if (this.isThere) this.setState({});
				},
				// A part of a site that was built anew meanwhile is gone; the next mount tries again.
				() => {},
			);
		}

		override componentWillUnmount() {
			this.isThere = false;
		}

		override render(props: P) {
			return part === null ? null : <Part part={part} props={props} />;
		}
	};
}

function Part<P extends object>({ part: View, props }: { part: ComponentType<P>; props: P }) {
	return <View {...props} />;
}
