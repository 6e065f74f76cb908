// Browser view. A long name that may break where its parts do.

/** `text` with a place to break after each `after`. */
export function Breakable({ text, after }: { text: string; after: string }) {
	const parts = text.split(after);
	return (
		<>
			{parts.map((part, index) => (
				// Parts have no name but their place.
				<>
					{part}
					{index < parts.length - 1 && (
						<>
							{after}
							<wbr />
						</>
					)}
				</>
			))}
		</>
	);
}
