// Pure. The sample's story: two weeks of three teams in one repository, told as commits. Dates, names and contents
// are fixed, so that every machine gets the same commit ids.

import { agent, ana, ben, bot, cai, coordinator, linter, mei, type Step, tom, unknown } from "./cast.ts";
import { firstFiles } from "./first-files.ts";

const T = "src/mlx_distributed/training";
const R = "mlx_rlhf/src/mlx_rlhf";

const func = (name: string, body = "    raise NotImplementedError") => `\n\ndef ${name}:\n${body}\n`;
const merge = (at: string, branch: string): Step => ({
	at,
	by: coordinator,
	branch: "main",
	message: `Merge branch '${branch}'`,
	merges: branch,
});

const start: Step = {
	at: "2025-07-17T09:00",
	by: coordinator,
	branch: "main",
	message: "Import the inference code base\n\nThe state all three teams start from.",
	files: firstFiles,
};

const work: readonly Step[] = [
	{
		at: "2025-07-18T08:40",
		by: ana,
		branch: "team-a/grpc-only",
		message: "Open gRPC channels beside MPI",
		files: { "distributed_comm.py": func("open_channel(address)") },
	},
	{
		at: "2025-07-18T10:05",
		by: ben,
		branch: "team-b/trainer",
		message: "Start the distributed trainer",
		files: {
			[`${T}/distributed_trainer.py`]: '"""Trains over several nodes."""\n\n\nclass DistributedTrainer:\n    pass\n',
		},
	},
	{
		at: "2025-07-18T13:30",
		by: cai,
		branch: "team-c/ppo",
		message: "Sketch PPO inside the training package",
		files: {
			[`${T}/rlhf/__init__.py`]: '"""RLHF."""\n',
			[`${T}/rlhf/ppo.py`]: `"""PPO."""${func("ppo_step(policy, batch)")}`,
		},
	},
	{
		at: "2025-07-21T09:15",
		by: tom,
		branch: "team-a/grpc-only",
		message: "Stream tensors over gRPC",
		files: { "distributed_comm.py": func("stream_tensor(channel, tensor)") },
	},
	{
		at: "2025-07-21T11:00",
		by: mei,
		branch: "team-b/trainer",
		message: "SFT trainer with the promised interface",
		files: {
			[`${T}/sft/__init__.py`]: '"""Supervised fine-tuning."""\n',
			[`${T}/sft/trainer.py`]:
				'"""SFT."""\n\n\nclass SFTTrainer:\n    def train(self, model, dataset, config):\n        return model\n',
		},
	},
	{
		at: "2025-07-21T15:45",
		by: cai,
		branch: "team-c/ppo",
		message: "Reward model for PPO",
		files: { [`${T}/rlhf/reward.py`]: `"""Reward model."""${func("reward(model, text)")}` },
	},
	merge("2025-07-22T08:00", "team-a/grpc-only"),
	merge("2025-07-22T08:05", "team-b/trainer"),
	merge("2025-07-22T08:10", "team-c/ppo"),
	{
		at: "2025-07-22T10:20",
		by: ana,
		branch: "team-a/api-init",
		message: "Initialise the API from the parsed config\n\nThe app was built before the config was read.",
		files: { "distributed_api.py": func("parse_config(path)") },
	},
	{
		at: "2025-07-22T14:10",
		by: ana,
		branch: "team-a/api-init",
		message: "Declare grpcio-tools\n\nCoordinated-by: coordinator",
		files: { "pyproject.toml": '\n[project.optional-dependencies]\ndev = ["grpcio-tools>=1.60"]\n' },
	},
	{
		at: "2025-07-22T16:30",
		by: mei,
		branch: "team-b/optimizers",
		message: "Distributed AdamW",
		files: {
			[`${T}/optimizers/__init__.py`]: '"""Optimizers."""\n',
			[`${T}/optimizers/distributed_adamw.py`]:
				'"""AdamW over several nodes."""\n\n\nclass DistributedAdamW:\n    pass\n',
		},
	},
	{
		at: "2025-07-23T09:05",
		by: tom,
		branch: "team-a/api-init",
		message: "Launch scripts start gRPC nodes",
		files: {
			"launch_node.sh": "# gRPC only: no mpirun here\n",
			"launch_cluster.sh": "# one node per line of the config\n",
		},
	},
	merge("2025-07-23T17:00", "team-a/api-init"),
	{
		at: "2025-07-24T10:12",
		by: ben,
		branch: "team-b/optimizers",
		message: "Let the API start a training run\n\nThe trainer needs an endpoint; added it where the others are.",
		files: { "distributed_api.py": func("start_training(trainer)") },
	},
	{
		at: "2025-07-24T11:40",
		by: ben,
		branch: "team-b/optimizers",
		message: "Keep optimizer state in the checkpoint",
		files: { [`${T}/optimizers/distributed_adamw.py`]: "\n    def state_dict(self):\n        return {}\n" },
	},
	{
		at: "2025-07-24T15:20",
		by: agent,
		branch: "team-b/optimizers",
		message: "Add AdamW settings to the shared defaults\n\nTeam: B",
		files: { "distributed_config.py": '\nDEFAULTS["training"]["adamw"] = {"betas": [0.9, 0.999]}\n' },
	},
	{
		at: "2025-07-25T06:00",
		by: bot,
		branch: "main",
		message: "Bump grpcio from 1.60 to 1.62",
		files: { "pyproject.toml": "# grpcio>=1.62\n" },
	},
	{
		at: "2025-07-25T09:30",
		by: cai,
		branch: "team-c/standalone",
		message: "Move RLHF into a package of its own\n\nNothing of it depends on mlx_distributed any more.",
		moves: { [`${T}/rlhf/ppo.py`]: `${R}/algorithms/ppo.py`, [`${T}/rlhf/reward.py`]: `${R}/algorithms/reward.py` },
		files: {
			[`${T}/rlhf/__init__.py`]: null,
			"mlx_rlhf/pyproject.toml": '[project]\nname = "mlx-rlhf"\nversion = "0.1.0"\nrequires-python = ">=3.11"\n',
			"mlx_rlhf/setup.py": "from setuptools import setup\n\nsetup()\n",
			"mlx_rlhf/README.md": "# mlx_rlhf\n\nRLHF and DPO, standalone.\n",
			[`${R}/__init__.py`]: '"""RLHF and DPO."""\n',
		},
	},
	{
		at: "2025-07-25T13:55",
		by: cai,
		branch: "team-c/standalone",
		message: "DPO",
		files: { [`${R}/algorithms/dpo.py`]: `"""DPO."""${func("dpo_loss(policy, reference, pairs)")}` },
	},
	{
		at: "2025-07-25T16:00",
		by: cai,
		branch: "team-c/standalone",
		message: "Ask the model for its layers by name\n\nCoordinated-by: Team B",
		files: { "model_abstraction.py": "\n    def layer(self, name):\n        return None\n" },
	},
	merge("2025-07-28T08:00", "team-b/optimizers"),
	merge("2025-07-28T08:06", "team-c/standalone"),
	{
		at: "2025-07-28T10:00",
		by: tom,
		branch: "team-a/mpi-removal",
		message: "Drop the MPI import",
		files: { "distributed_comm.py": func("close_channel(channel)") },
	},
	{
		at: "2025-07-28T14:25",
		by: mei,
		branch: "team-b/recovery",
		message: "Recover a run from its last checkpoint",
		files: { [`${T}/recovery.py`]: `"""Recovery."""${func("recover(path)")}` },
	},
	{
		at: "2025-07-29T09:50",
		by: cai,
		branch: "team-c/rlhf-utils",
		message: "Simplified distributed interfaces",
		files: { [`${R}/utils/distributed.py`]: `"""Rank and size, nothing else."""${func("rank()", "    return 0")}` },
	},
	{
		at: "2025-07-29T11:32",
		by: linter,
		branch: "main",
		message: "ruff --fix\n\nFixes a syntax error in grpc_server.py, line 256.",
		files: { "grpc_server.py": "\n# formatted\n", "distributed_comm.py": "\n# formatted\n" },
	},
	{
		at: "2025-07-29T15:10",
		by: ana,
		branch: "team-a/mpi-removal",
		message: "Health check on every node",
		files: { "grpc_client.py": func("health(address)") },
	},
	{
		at: "2025-07-30T09:20",
		by: ben,
		branch: "team-b/recovery",
		message: "Advanced training features",
		files: {
			[`${T}/advanced_features.py`]: `"""Gradient accumulation and clipping."""${func("clip(gradients, norm)")}`,
		},
	},
	{
		at: "2025-07-30T10:45",
		by: unknown,
		branch: "main",
		message: "update deps",
		files: { "pyproject.toml": '# pinned while we wait for a release\nextra = ["numpy<2.3"]\n' },
	},
	{
		at: "2025-07-30T13:20",
		by: tom,
		branch: "team-a/mpi-removal",
		message: "Name the ports of the nodes",
		files: { "README.md": "\nNodes listen on 50051 and up.\n" },
	},
	{
		at: "2025-07-30T16:15",
		by: cai,
		branch: "team-c/rlhf-utils",
		message: "Examples and tests",
		files: {
			"mlx_rlhf/examples/train_ppo.py": '"""Train with PPO."""\n',
			"mlx_rlhf/tests/test_ppo.py": "def test_ppo():\n    assert True\n",
		},
	},
	{
		at: "2025-07-30T17:40",
		by: mei,
		branch: "team-b/recovery",
		message: "How to resume a run",
		files: { "README.md": "\nResume with `--recover`.\n" },
	},
	merge("2025-07-31T08:00", "team-a/mpi-removal"),
	merge("2025-07-31T08:04", "team-c/rlhf-utils"),
	{
		at: "2025-07-31T09:10",
		by: tom,
		branch: "team-a/grpc-health",
		message: "Health check with a deadline",
		files: { "grpc_client.py": func("health_within(address, seconds)") },
	},
	{
		at: "2025-07-31T10:30",
		by: agent,
		branch: "main",
		message: "Lower the learning rate of SFT\n\nTeam: trainers",
		files: { [`${T}/sft/trainer.py`]: "\nLEARNING_RATE = 1e-5\n" },
	},
	{
		at: "2025-07-31T11:20",
		by: mei,
		branch: "team-b/recovery",
		message: "Evaluate the PPO examples\n\nTeam: C",
		files: { "mlx_rlhf/examples/evaluate_ppo.py": '"""Evaluate with PPO."""\n' },
	},
	{
		at: "2025-07-31T13:05",
		by: ben,
		branch: "team-b/evaluation",
		message: "Ask nodes for their load before an evaluation",
		files: { "grpc_client.py": func("load(address)") },
	},
	{
		at: "2025-07-31T14:02",
		by: ben,
		branch: "team-b/recovery",
		message: "Expose recovery through the API\n\nTeam: team-b",
		files: { "distributed_api.py": func("recover_training(path)"), [`${T}/recovery.py`]: "\nRETRIES = 3\n" },
	},
	merge("2025-07-31T14:45", "team-b/recovery"),
	{
		at: "2025-07-31T15:00",
		by: cai,
		branch: "team-c/docs",
		message: "Document the standalone package",
		files: { "mlx_rlhf/README.md": "\nInstall with `pip install -e mlx_rlhf`.\n" },
	},
	merge("2025-07-31T15:05", "team-c/docs"),
];

/** The story from its first commit to its last. */
export const story: readonly Step[] = [start, ...work];
