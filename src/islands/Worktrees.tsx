// Browser view. Folders in which somebody works: what is not committed there, and what of it would be a violation.
import type { UncommittedFile, Worktree } from "#model/worktree";
import { Breakable } from "./breakable.tsx";
import { counted } from "./words.ts";

interface Props {
	readonly worktrees: readonly Worktree[];
	/** Name of a team, or the id of one this page does not know. */
	nameOf(team: string): string;
}

const LEVEL_SHAPES = { error: "◆", warning: "▲", note: "●" } as const;
const CHANGE_WORDS = { A: "added", M: "modified", D: "deleted", T: "changed type" } as const;
/** Files of a worktree that are told without being asked for. */
const SHOWN = 5;

export default function Worktrees({ worktrees, nameOf }: Props) {
	return (
		<ul class="live-worktrees">
			{worktrees.map((worktree) => (
				<One key={worktree.name} worktree={worktree} nameOf={nameOf} />
			))}
		</ul>
	);
}

function One({ worktree, nameOf }: { worktree: Worktree; nameOf: Props["nameOf"] }) {
	const { name, branch, changed, files, trouble } = worktree;
	const bad = files.filter(({ foreseen }) => foreseen !== null);
	const other = files.filter(({ foreseen }) => foreseen === null);
	const state = changed === 0 ? "nothing uncommitted" : counted(changed, "uncommitted file");
	return (
		<li>
			<p>
				<code>{name}</code> {branch === null ? "with no branch checked out" : <Branch name={branch} />}
				{": "}
				{trouble === null ? state : `its files could not be read: ${trouble}`}
			</p>
			{bad.length > 0 && (
				<ul class="live-foreseen">
					{bad.slice(0, SHOWN).map((file) => (
						<Foreseen key={file.path} file={file} nameOf={nameOf} />
					))}
					{bad.length > SHOWN && (
						<li>
							<details>
								<summary>{bad.length - SHOWN} more that would be found</summary>
								<ul>
									{bad.slice(SHOWN).map((file) => (
										<Foreseen key={file.path} file={file} nameOf={nameOf} />
									))}
								</ul>
							</details>
						</li>
					)}
				</ul>
			)}
			{other.length > 0 && (
				<details>
					<summary>
						{counted(other.length, "file")} of which nothing would be said
						{changed > files.length && `, of ${changed - bad.length}`}
					</summary>
					<ul class="live-files">
						{other.map((file) => (
							<li key={file.path}>
								<Path file={file} />
							</li>
						))}
					</ul>
				</details>
			)}
		</li>
	);
}

function Branch({ name }: { name: string }) {
	return (
		<>
			on <code>{name}</code>
		</>
	);
}

function Foreseen({ file, nameOf }: { file: UncommittedFile; nameOf: Props["nameOf"] }) {
	const { level, owner, message, hint } = file.foreseen!;
	return (
		<li data-level={level}>
			<p>
				<b class="live-level">
					<span aria-hidden="true">{LEVEL_SHAPES[level]}</span> {level}
				</b>{" "}
				<Path file={file} />
				{owner !== null && ` · owned by ${nameOf(owner)}`}
			</p>
			<p>{message}</p>
			{hint !== "" && <p class="live-age">{hint}</p>}
		</li>
	);
}

function Path({ file: { path, change, isStaged } }: { file: UncommittedFile }) {
	return (
		<>
			<code>
				<Breakable text={path} after="/" />
			</code>{" "}
			<span class="live-age">
				{CHANGE_WORDS[change]}
				{isStaged && ", staged"}
			</span>
		</>
	);
}
