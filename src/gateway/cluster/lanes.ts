// Edge(clock). Two limits on questions under way: few that may still cost this machine work, many that only wait.

export interface Lanes {
	/** Resolves when there is room, in the order of coming, to the function that gives the place back. */
	enter(): Promise<() => void>;
}

export interface LaneLimits {
	/** Questions asked less than `youngMs` ago: their replies are about to come, all at once, and hurt each other. */
	readonly young: number;
	/** Questions in all; the older ones wait for nodes that are slow or hung, which costs next to nothing. */
	readonly all: number;
	readonly youngMs: number;
}

/**
 * Of hundreds of nodes half may hang for seconds: with one limit they would hold every place, and the well ones would
 * wait. A well node answers in milliseconds, so a question gives its place among the young back after 250 ms.
 */
export const LANE_LIMITS: LaneLimits = { young: 64, all: 1_024, youngMs: 250 };

/** Opens both lanes, empty. */
export function openLanes({ young, all, youngMs }: LaneLimits = LANE_LIMITS): Lanes {
	let youngInside = 0;
	let inside = 0;
	const line: (() => void)[] = [];
	const letIn = () => {
		while (youngInside < young && inside < all) {
			const next = line.shift();
			if (next === undefined) return;
			next();
		}
	};
	const place = (): (() => void) => {
		youngInside += 1;
		inside += 1;
		let isYoung = true;
		const age = () => {
			if (!isYoung) return;
			isYoung = false;
			youngInside -= 1;
		};
		const timer = setTimeout(() => {
			age();
			letIn();
		}, youngMs);
		let hasLeft = false;
		return () => {
			if (hasLeft) return;
			hasLeft = true;
			clearTimeout(timer);
			age();
			inside -= 1;
			letIn();
		};
	};
	return {
		enter: () =>
			new Promise((resolve) => {
				line.push(() => resolve(place()));
				letIn();
			}),
	};
}
