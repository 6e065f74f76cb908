// Pure. The code base the sample's story starts from: path → text.

export const firstFiles: Readonly<Record<string, string>> = {
	"README.md": "# MLX Distributed\n\nDistributed inference and training on Apple silicon.\n",
	"pyproject.toml":
		'[project]\nname = "mlx-distributed"\nversion = "0.1.0"\nrequires-python = ">=3.11"\ndependencies = ["mlx>=0.22", "grpcio>=1.60"]\n',
	"distributed_comm.py": '"""Communication between nodes."""\n\nfrom mpi4py import MPI\n\nCOMM = MPI.COMM_WORLD\n',
	"distributed_api.py":
		'"""HTTP API of the cluster."""\n\nPORT = 8000\n\n\ndef create_app(config):\n    return {"config": config}\n',
	"distributed_config.py":
		'"""Configuration shared by all teams."""\n\nDEFAULTS = {"inference": {}, "training": {"sft": {}}, "rlhf": {}}\n',
	"grpc_server.py":
		'"""gRPC server of one node."""\n\nPORT = 50051\n\n\ndef serve(port=PORT):\n    print(f"node on {port}")\n',
	"grpc_client.py":
		'"""gRPC client of one node."""\n\n\nclass DistributedInferenceClient:\n    async def forward_pipeline(self, input_ids, cache):\n        return input_ids, cache\n',
	"model_abstraction.py":
		'"""One face for all models."""\n\n\nclass Model:\n    def layers(self):\n        return []\n',
	"sharding_strategy.py":
		'"""How layers are spread over nodes."""\n\n\ndef by_memory(layers, nodes):\n    return [layers]\n',
	"device_capabilities.py": '"""What a device can do."""\n\n\ndef memory_bytes():\n    return 0\n',
	"launch_cluster.sh": "#!/bin/sh\nset -eu\nexec ./mpi_wrapper.sh python -m distributed_api\n",
	"launch_node.sh": "#!/bin/sh\nset -eu\nexec python grpc_server.py\n",
	"mpi_wrapper.sh": '#!/bin/sh\nexec mpirun --hostfile hostfile.txt "$@"\n',
	"hostfile.txt": "mini1 slots=1\nmini2 slots=1\n",
	"protos/distributed_comm.proto": 'syntax = "proto3";\npackage mlx_distributed;\n\nservice DistributedInference {}\n',
	"src/mlx_distributed/__init__.py": '"""MLX Distributed."""\n',
	"src/mlx_distributed/training/__init__.py": '"""Training."""\n',
};
