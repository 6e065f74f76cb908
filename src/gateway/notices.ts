// Pure. Sentences for readers about what the gateway cannot do as it should, by what they are about.

/** `nodes`: where the list of nodes comes from · `git`: the repository · `store`: what is shared or kept. */
export type NoticeTopic = "nodes" | "git" | "store";

export interface Notices {
	/** Sets or (null) takes back the sentence of a source within a topic. */
	set(topic: NoticeTopic, source: string, sentence: string | null): void;
	/** The sentences of the topics, in the order they came up. */
	of(...topics: readonly NoticeTopic[]): readonly string[];
	/** Rises with every visible change. */
	revision(): number;
}

export function openNotices(): Notices {
	const held = new Map<string, { topic: NoticeTopic; sentence: string }>();
	let revision = 0;
	return {
		set(topic, source, sentence) {
			const key = `${topic} ${source}`;
			if ((held.get(key)?.sentence ?? null) === sentence) return;
			revision += 1;
			if (sentence === null) held.delete(key);
			else held.set(key, { topic, sentence });
		},
		of: (...topics) => [...held.values()].filter(({ topic }) => topics.includes(topic)).map(({ sentence }) => sentence),
		revision: () => revision,
	};
}
