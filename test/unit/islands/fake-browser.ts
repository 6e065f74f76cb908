// Support. The lock and the channel that pages of one browser share: turns in order, messages when the test says.
import type { Peers } from "#islands/shared-poll.ts";

interface Place<M> {
	readonly page: object;
	readonly on: Parameters<Peers<M>["join"]>[1];
}

export class FakeBrowser<M> {
	/** The first has the turn. */
	private queue: Place<M>[] = [];
	private channel: Place<M>[] = [];
	private sent: { readonly from: object; readonly message: M }[] = [];
	/** Messages wait. */
	isHeldUp = false;

	peersOf(page: object): Peers<M> {
		return {
			join: (isForced, on) => {
				const place = { page, on };
				this.channel.push(place);
				const holder = this.queue[0];
				if (isForced && holder !== undefined) {
					this.queue[0] = place;
					on.turn();
					holder.on.lost();
				} else {
					this.queue.push(place);
					if (this.queue[0] === place) on.turn();
				}
				return {
					send: (message) => this.sent.push({ from: page, message }),
					leave: () => {
						const hadTurn = this.queue[0] === place;
						this.queue = this.queue.filter((each) => each !== place);
						this.channel = this.channel.filter((each) => each !== place);
						if (hadTurn) this.queue[0]?.on.turn();
					},
				};
			},
		};
	}

	deliver() {
		if (this.isHeldUp) return;
		for (const { from, message } of this.sent.splice(0)) {
			for (const place of [...this.channel]) if (place.page !== from) place.on.hear(message);
		}
	}
}
