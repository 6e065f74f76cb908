// Pure. Deals the lines of a list to several hands: the first ones while the last are still being written.

export interface Hands {
	/** The next bytes of the list. They are kept as they are: the chunk must not change. */
	push(chunk: Buffer): void;
	/** The list is whole, or (`isBroken`) will never be: what is not dealt yet is then dropped. */
	close(isBroken: boolean): void;
	/** The next share, as soon as there is one; null when all are dealt. Throws when the list ended within a line. */
	next(): Promise<Buffer | null>;
}

export interface Deal {
	/** Bytes of a line. */
	readonly lineLength: number;
	/** Lines of a share that is dealt before the list is whole. */
	readonly share: number;
	/** When the list is whole, what is left is dealt in so many shares, a block of lines to each in turn. */
	readonly hands: number;
	readonly block: number;
}

/** Few shares, because each costs a process its start; equal ones, because the last to end is waited for. */
export function createHands({ lineLength, share, hands, block }: Deal): Hands {
	const shareLength = lineLength * share;
	let shares: Buffer[] = [];
	let pieces: Buffer[] = [];
	let length = 0;
	let isClosed = false;
	let change = Promise.withResolvers<void>();

	const tell = () => {
		change.resolve();
		change = Promise.withResolvers<void>();
	};
	const cut = (all: Buffer): Buffer => {
		const whole = all.length - (all.length % shareLength);
		for (let at = 0; at < whole; at += shareLength) shares.push(all.subarray(at, at + shareLength));
		return all.subarray(whole);
	};
	return {
		push(chunk) {
			pieces.push(chunk);
			length += chunk.length;
			if (length < shareLength) return;
			const rest = cut(Buffer.concat(pieces));
			pieces = [rest];
			length = rest.length;
			tell();
		},
		close(isBroken) {
			const left = isBroken ? [] : [...shares, ...pieces];
			shares = deal(Buffer.concat(left), hands, block * lineLength);
			pieces = [];
			isClosed = true;
			tell();
		},
		async next() {
			while (shares.length === 0 && !isClosed) await change.promise;
			const next = shares.shift() ?? null;
			if (next !== null && next.length % lineLength !== 0) throw new Error("git's list of commits is malformed");
			return next;
		},
	};
}

function deal(list: Buffer, hands: number, blockLength: number): Buffer[] {
	const dealt: Buffer[][] = Array.from({ length: hands }, () => []);
	for (let at = 0; at < list.length; at += blockLength) {
		dealt[(at / blockLength) % hands]?.push(list.subarray(at, at + blockLength));
	}
	return dealt.filter((blocks) => blocks.length > 0).map((blocks) => Buffer.concat(blocks));
}
