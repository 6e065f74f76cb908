// Browser view. The layers of the model, left to right, over the nodes that hold them.
import { type LayerBlock, type LayerPicture, pictureWords } from "./layers.ts";
import { listed, rangeWords } from "./words.ts";

/** More lanes are not drawn: that many copies look like one another. */
const MOST_LANES = 6;
/** What stands out is told so often; the rest is counted. */
const MOST_SENTENCES = 5;

/** `mlx-1`, `50 nodes`, `48/50` that serve. */
function countOf(holders: LayerBlock["holders"], names: string): string {
	if (holders.length === 1) return names;
	const good = holders.filter(({ tone }) => tone === "good").length;
	return good === 0 || good === holders.length ? `${holders.length} nodes` : `${good}/${holders.length}`;
}

export function LayerStrip({ picture }: { picture: LayerPicture }) {
	const { last, lanes, blocks, gaps, sentences } = picture;
	const percent = (layers: number) => `${(100 * layers) / (last + 1)}%`;
	const place = ({ first, last: end }: { first: number; last: number }, lane: number) => ({
		left: percent(first),
		width: percent(end - first + 1),
		top: `${lane * 1.75}rem`,
	});
	const drawn = Math.min(lanes, MOST_LANES);
	return (
		<div class="live-layers">
			<p class="live-title">Layers over nodes</p>
			<div class="live-lanes" role="img" aria-label={pictureWords(picture)} style={{ height: `${drawn * 1.75}rem` }}>
				{gaps.map((gap) => (
					<span
						key={gap.first}
						class="live-gap"
						style={{ ...place(gap, 0), height: "100%" }}
						title={`${rangeWords(gap)}: nobody known`}
					/>
				))}
				{blocks
					.filter(({ lane }) => lane < MOST_LANES)
					.map((block) => {
						const [{ shape, tone }] = block.holders as [(typeof block.holders)[0]];
						const isAlike = block.holders.every((holder) => holder.tone === tone);
						const names = listed(block.holders.map(({ id }) => id));
						return (
							<span
								key={rangeWords(block)}
								class="live-block"
								data-tone={isAlike ? tone : "warn"}
								style={place(block, block.lane)}
								title={`${rangeWords(block)}: ${names}`}
							>
								{isAlike ? shape : "◐"} {countOf(block.holders, names)} <small>{rangeWords(block)}</small>
							</span>
						);
					})}
			</div>
			{sentences.length > 0 && (
				<ul class="live-odd">
					{sentences.slice(0, MOST_SENTENCES).map((sentence) => (
						<li key={sentence}>{sentence}</li>
					))}
					{sentences.length > MOST_SENTENCES && (
						<li>and {sentences.length - MOST_SENTENCES} more stretches like these.</li>
					)}
				</ul>
			)}
		</div>
	);
}
