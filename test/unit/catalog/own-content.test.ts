// The project's own content: the guide's rules mean what the guide says, and leave no path to two teams.
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCatalog } from "#catalog/read";
import { compileRules } from "#rules/ruleset";

const catalog = await readCatalog(join(import.meta.dirname, "../../../content"));
const { judge } = compileRules(catalog.rules);
const verdict = (path: string): string => {
	const found = judge(path, "2025-07-31T14:47:00Z");
	return found.kind === "owned" ? found.owner : found.kind;
};

/** Read from the guide's text by hand. */
const owners: [path: string, verdict: string][] = [
	["distributed_comm.py", "team-a"],
	["distributed_api.py", "team-a"],
	["src/mlx_distributed/distributed_api.py", "team-a"],
	["launch_node.sh", "team-a"],
	["scripts/launch_all.sh", "team-a"],
	["launch.sh", "unmatched"],
	["mpi_wrapper.sh", "team-a"],
	["hostfile.txt", "team-a"],
	["src/mlx_distributed/training/distributed_trainer.py", "team-b"],
	["src/mlx_distributed/training/optimizers/distributed_adamw.py", "team-b"],
	["src/mlx_distributed/training/rlhf/ppo.py", "team-c"],
	["src/mlx_distributed/training.py", "unmatched"],
	["pyproject.toml", "shared"],
	["model_abstraction.py", "shared"],
	["src/sharding_strategy.py", "shared"],
	["distributed_config.py", "shared"],
	// Key and critical files the guide gives to nobody: the audit tells, the content adds no rule.
	["grpc_server.py", "unmatched"],
	["protos/inference.proto", "unmatched"],
	["device_capabilities.py", "unmatched"],
	["mlx_rlhf/src/mlx_rlhf/algorithms/ppo.py", "unmatched"],
];

test.each(owners)("%s: %s", (path, expected) => {
	expect(verdict(path)).toBe(expected);
});

test("no path in any team's folder under any team's name has two owners", () => {
	const folders = [
		"",
		"src/",
		"src/mlx_distributed/",
		"src/mlx_distributed/training/",
		"src/mlx_distributed/training/rlhf/",
	];
	const more = ["configs/", "configs/training/", "configs/monitoring/", "monitoring/", "mlx_rlhf/", "scripts/"];
	const names = [
		"distributed_comm.py",
		"distributed_api.py",
		"launch_a.sh",
		"mpi_wrapper.sh",
		"hostfile.txt",
		"pyproject.toml",
	];
	const configs = [
		"training_config.json",
		"training_config_sft.json",
		"monitoring.yml",
		"monitoring_alerts.yml",
		"x.json",
	];
	const paths = [...folders, ...more].flatMap((folder) => [...names, ...configs].map((name) => folder + name));
	expect(paths.filter((path) => verdict(path) === "clash")).toEqual([]);
	expect(new Set(paths.map(verdict))).toEqual(new Set(["team-a", "team-b", "team-c", "shared", "unmatched"]));
});

test("what the guide declares is kept as it stands, contradictions included", () => {
	const status = Object.fromEntries(catalog.teams.map((team) => [team.id, team.status]));
	expect(status["team-a"]).toMatchObject({ state: "awaiting-start", lastActivityAt: null, blockedBy: [] });
	expect(status["team-b"]).toMatchObject({ state: "active", lastActivityAt: "2025-07-31T14:45:00Z" });
	expect(status["team-c"]).toMatchObject({ state: "active", lastActivityAt: "2025-07-31T15:00:00Z" });
	// Team C reports an activity later than the guide was last updated.
	expect(catalog.project.updatedAt).toBe("2025-07-31T14:47:00Z");
});

test("no character of the content was read in the wrong encoding", () => {
	expect(JSON.stringify(catalog)).not.toMatch(/â[œ†€]|ðŸ|Ã|\ufffd/);
});
