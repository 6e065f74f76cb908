// Entrance: `npm run report`. A team says how it stands; and beside the gateway, the tokens with which teams may.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { timestampMs } from "@bufbuild/protobuf/wkt";
import { readCatalog } from "#catalog/read";
import { tokensFile } from "#gateway/reports/tokens-file";
import { stateOf } from "#gateway/settings";
import { UsageError } from "#model/problem";
import { TEAM_STATES } from "#model/team";
import { DEFAULT_GATEWAY, gatewayUrl, reportFields } from "./lib/report-options.ts";
import { type ExitCode, run } from "./lib/run.ts";
import { sendReport } from "./lib/send-report.ts";
import { callerFolder, productContent } from "./lib/surroundings.ts";
import { findTeam } from "./lib/team-names.ts";
import { listTokens, newToken, ownToken, revokeTokens } from "./lib/team-tokens.ts";

const HELP = `npm run report -- --team ID --state STATE [options]
A team tells the gateway how it stands. Pages show that beside what git shows, until it expires: then the state is unknown.

  --team ID             whose report it is (default: COORD_TEAM)
  --state STATE         ${TEAM_STATES.join(", ")}
  --working-on TEXT     what the team is at, at most 280 characters, as each text here
  --blocked-by TEXT     a team or a word about what it waits for; may be given up to 16 times
  --note TEXT           what else the others should know
  --valid-for TIME      how long this holds: 1m to 24h (default: 30m)
  --token-file FILE     file whose first line is the team's token (default: the variable COORD_REPORT_TOKEN)
  --insecure            send the token over plain http to another machine, where anybody on the way can read it

Where the gateway is: COORD_GATEWAY (default ${DEFAULT_GATEWAY}).

Beside the gateway, in its state folder (COORD_STATE, default .state):

  --new-token TEAM      make a token for a team; stdout gets it this once, the folder only its hash. Older ones stay valid
  --tokens              list the teams' tokens: team, name, date
  --revoke TEAM         take back all tokens of a team, or with --token-id NAME the one of that name
  --content DIR         content folder that says which teams there are (default: COORD_CONTENT, else content of the product)
  --help                this text

Exit codes: 0 accepted or done · 2 bad usage, or refused for what it says or who says it · 3 not reached, or could not be
taken now
`;

const say = (line: string) => process.stderr.write(`${line}\n`);

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: {
			team: { type: "string" },
			state: { type: "string" },
			"working-on": { type: "string" },
			"blocked-by": { type: "string", multiple: true, default: [] },
			note: { type: "string" },
			"valid-for": { type: "string" },
			"token-file": { type: "string" },
			insecure: { type: "boolean", default: false },
			"new-token": { type: "string" },
			tokens: { type: "boolean", default: false },
			revoke: { type: "string" },
			"token-id": { type: "string" },
			content: { type: "string" },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const { folder } = stateOf(process.env);
	if (values["new-token"] !== undefined) return makeToken(folder, values["new-token"], values.content);
	if (values.revoke !== undefined) {
		const count = await revokeTokens(folder, values.revoke, values["token-id"]);
		say(`${count} ${count === 1 ? "token" : "tokens"} of ${values.revoke} taken back; no restart is needed`);
		return 0;
	}
	if (values["token-id"] !== undefined) throw new UsageError("--token-id goes with --revoke TEAM");
	if (values.tokens) {
		const list = await listTokens(folder);
		if (list === "") say(`no team has a token in ${resolve(folder)}`);
		process.stdout.write(list);
		return 0;
	}

	const fields = reportFields(values, process.env["COORD_TEAM"]);
	const url = gatewayUrl(process.env["COORD_GATEWAY"], values.insecure);
	const file = values["token-file"];
	const place = { env: process.env, cwd: process.cwd() };
	const tokenFile = file === undefined ? undefined : resolve(callerFolder(place), file);
	const token = await ownToken(process.env["COORD_REPORT_TOKEN"], tokenFile, say);
	const reply = await sendReport(url, token, fields);
	const takenMs = reply.acceptedAt === undefined ? Date.now() : timestampMs(reply.acceptedAt);
	const taken = `taken at ${seconds(takenMs)}, holds until ${seconds(takenMs + Number(reply.validForMs))}`;
	process.stdout.write(`${fields.team}: ${fields.state}, ${taken}\n`);
	return 0;
});

async function makeToken(folder: string, word: string, contentOption: string | undefined): Promise<ExitCode> {
	const contentDir = productContent(contentOption, { env: process.env, cwd: process.cwd() });
	const catalog = await readCatalog(contentDir);
	const team = findTeam(catalog, word, "--new-token");
	if (!catalog.teams.some(({ id }) => id === team)) throw new UsageError(`${team} is no team, and reports nothing`);
	const { token, id } = await newToken(folder, team);
	process.stdout.write(`${token}\n`);
	say(`token ${id} of ${team}; its hash is in ${resolve(tokensFile(folder))}, the token itself nowhere but here`);
	say(`the team reports with it:  COORD_REPORT_TOKEN=… npm run report -- --team ${team} --state active`);
	say(`on another machine also:   COORD_GATEWAY=https://…`);
	return 0;
}

function seconds(ms: number): string {
	return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}
