// Browser view. The fields by which the log is filtered and sorted; on a phone all but the search are folded.
import { Component } from "preact";
import { partsOf } from "./listing.ts";
import type { Props as ListProps } from "./props.ts";
import { LEVELS, type Level, MOST_CHARACTERS, NOBODY, type Query, ROLES, SORTS, STATES } from "./query.ts";
import { LEVEL_WORDS, pathWords, ROLE_WORDS, SORT_WORDS, STATE_WORDS } from "./words.ts";

interface Props extends Pick<ListProps, "people" | "codes" | "hasNobody"> {
	readonly query: Query;
	readonly onChange: (change: Partial<Query>, typedIn?: keyof Query) => void;
}

type Field = (event: Event & { currentTarget: HTMLInputElement | HTMLSelectElement }) => void;

export class Controls extends Component<Props, { readonly isUnfolded: boolean }> {
	override state = { isUnfolded: false };

	private readonly toggle = () => this.setState(({ isUnfolded }) => ({ isUnfolded: !isUnfolded }));

	/** Takes over the value of a field; an empty one is `empty`. */
	private set<K extends keyof Query>(name: K, empty: Query[K], isTyped = false): Field {
		return ({ currentTarget: { value } }) => {
			const change = { [name]: value === "" ? empty : value } as Partial<Query>;
			this.props.onChange(change, isTyped ? name : undefined);
		};
	}

	private setLevel(level: Level, isAsked: boolean) {
		const { query, onChange } = this.props;
		onChange({ levels: LEVELS.filter((one) => (one === level ? isAsked : query.levels.includes(one))) });
	}

	override render({ query, people, codes, hasNobody }: Props, { isUnfolded }: { isUnfolded: boolean }) {
		const path = pathWords(query.path);
		const active = partsOf(query).filter((part) => part !== "text").length + (query.sort === "gravest" ? 0 : 1);
		return (
			<search class="log-filter" data-unfolded={isUnfolded ? "" : undefined} aria-label="Filter the log">
				<label class="log-search">
					<span class="sr-only">Search in the log</span>
					<input
						type="search"
						placeholder="Search: path, id, commit, author, words"
						maxLength={MOST_CHARACTERS}
						value={query.text}
						onInput={this.set("text", "", true)}
					/>
				</label>
				<button
					type="button"
					class="log-fold"
					aria-expanded={isUnfolded}
					aria-controls="log-fields"
					onClick={this.toggle}
				>
					Filter and sort{active > 0 && ` (${active})`}
				</button>
				<div class="log-fields" id="log-fields">
					<fieldset class="log-levels log-wide">
						<legend>Level</legend>
						{LEVELS.map((level) => (
							<label key={level} class={`level-${level}`}>
								<input
									type="checkbox"
									checked={query.levels.includes(level)}
									onChange={({ currentTarget }) => this.setLevel(level, currentTarget.checked)}
								/>
								<span class="log-shape" data-level={level} aria-hidden="true" />
								{LEVEL_WORDS[level].many}
							</label>
						))}
					</fieldset>
					<div class="log-pair log-wide">
						<label>
							<span>Team</span>
							<select value={query.team ?? ""} onChange={this.set("team", null)}>
								<option value="">any</option>
								{people.map(([id, name]) => (
									<option key={id} value={id}>
										{name}
									</option>
								))}
								{hasNobody && <option value={NOBODY}>no team named</option>}
							</select>
						</label>
						<label>
							<span>Role</span>
							<select
								value={query.role}
								disabled={query.team === null || query.team === NOBODY}
								onChange={this.set("role", "concerned")}
							>
								{ROLES.map((role) => (
									<option key={role} value={role}>
										{ROLE_WORDS[role]}
									</option>
								))}
							</select>
						</label>
					</div>
					<label class="log-wide">
						<span>Kind</span>
						<select value={query.code ?? ""} onChange={this.set("code", null)}>
							<option value="">any</option>
							{codes
								.filter(([code, , amount]) => amount > 0 || code === query.code)
								.map(([code, title, amount]) => (
									<option key={code} value={code}>
										{title} ({amount})
									</option>
								))}
						</select>
					</label>
					<label>
						<span>State</span>
						<select value={query.state ?? ""} onChange={this.set("state", null)}>
							<option value="">any</option>
							{STATES.map((state) => (
								<option key={state} value={state}>
									{STATE_WORDS[state]}
								</option>
							))}
						</select>
					</label>
					<label class="log-wide">
						<span>Path</span>
						<input
							type="text"
							maxLength={MOST_CHARACTERS}
							value={query.path}
							placeholder="api/app or *.py"
							autocomplete="off"
							autocapitalize="none"
							spellcheck={false}
							aria-invalid={path.isFaulty}
							aria-describedby="log-path-said"
							onInput={this.set("path", "", true)}
						/>
					</label>
					<div class="log-pair log-wide">
						<label>
							<span>Seen from</span>
							<input type="date" value={query.from} max={query.to || undefined} onChange={this.set("from", "")} />
						</label>
						<label>
							<span>to</span>
							<input type="date" value={query.to} min={query.from || undefined} onChange={this.set("to", "")} />
						</label>
					</div>
					<label>
						<span>Order</span>
						<select value={query.sort} onChange={this.set("sort", "gravest")}>
							{SORTS.map((sort) => (
								<option key={sort} value={sort}>
									{SORT_WORDS[sort]}
								</option>
							))}
						</select>
					</label>
				</div>
				<p class="log-path-said" id="log-path-said" data-faulty={path.isFaulty ? "" : undefined}>
					{path.text}
				</p>
			</search>
		);
	}
}
