// "May I change this?" in a browser: links, keys, the back button, files that do not arrive, no script at all.
import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "playwright/test";
import type { TreeIndex } from "#model/tree-index";

const box = (page: Page) => page.getByRole("combobox", { name: "Path of a file or folder" });
const optionsOf = (page: Page) => page.getByRole("listbox").getByRole("option");
const answer = (page: Page) => page.locator(".look-up-answer");
const fact = (page: Page, term: string) =>
	answer(page)
		.locator("dl > div", { has: page.locator("dt", { hasText: term }) })
		.locator("dd");

test("a link to a path and a team: the team's answer first, then all that stands behind it", async ({ page }) => {
	await page.goto("/may-i/?path=distributed_api.py&team=team-b");
	await expect(answer(page).locator(".look-up-headline")).toHaveText("You must not change it.");
	await expect(answer(page).locator(".look-up-own")).toContainText(
		"Team B must not change it; ask Team A to make the change.",
	);
	await expect(fact(page, "Owner")).toHaveText("Team A alone");
	await expect(fact(page, "Rule that decides")).toHaveText("distributed_api.py in content/ownership/team-a.yaml:7");
	await expect(fact(page, "Open conflicts")).toContainText(
		"Team B changed distributed_api.py, which belongs to Team A alone",
	);
	await expect(answer(page).locator(".stamp")).toContainText("That is the built-in example, not your project.");
	await expect(box(page)).toHaveValue("distributed_api.py");
	await expect(page).toHaveTitle(/^distributed_api\.py · May I change this\?/);

	// The place of the conflict is that of the log.
	await fact(page, "Open conflicts").locator("a").first().click();
	await expect(page).toHaveURL(/\/conflicts\/.*#CF-/);
	expect(await page.evaluate(() => document.getElementById(location.hash.slice(1)) !== null)).toBe(true);
});

test("typed, chosen by keys, gone back from; the team is remembered", async ({ page }) => {
	await page.goto("/may-i/");
	await expect(page.locator(".empty")).toContainText("35 tracked files");
	await box(page).pressSequentially("sft trai");
	const options = optionsOf(page);
	await expect(options.first()).toContainText("src/mlx_distributed/training/sft/trainer.py");
	await expect(box(page)).toHaveAttribute("aria-expanded", "true");
	await page.keyboard.press("ArrowDown");
	await expect(options.first()).toHaveAttribute("aria-selected", "true");
	await expect(box(page)).toHaveAttribute(
		"aria-activedescendant",
		(await options.first().getAttribute("id")) as string,
	);
	await page.keyboard.press("Enter");
	await expect(fact(page, "Owner")).toHaveText("Team B alone");
	await expect(page).toHaveURL(/\?path=src%2Fmlx_distributed%2Ftraining%2Fsft%2Ftrainer\.py$/);
	await expect(page.getByRole("listbox")).toBeHidden();

	await page.getByLabel("Your team").selectOption({ label: "Team B" });
	await expect(answer(page).locator(".look-up-headline")).toHaveText("You may change it, but not what was promised.");
	await box(page).fill("pyproject.toml");
	await page.keyboard.press("Escape");
	await page.keyboard.press("Enter");
	await expect(answer(page).locator(".look-up-headline")).toHaveText("You may change it, once that is agreed.");
	await expect(fact(page, "Once agreed").locator("code")).toHaveText("Team: team-b\nCoordinated-by: coordinator");

	await page.goBack();
	await expect(fact(page, "Owner")).toHaveText("Team B alone");
	await expect(box(page)).toHaveValue("src/mlx_distributed/training/sft/trainer.py");
	await page.goBack();
	await expect(answer(page)).toBeHidden();
	await expect(box(page)).toHaveValue("");
	await page.reload();
	await expect(page.getByLabel("Your team")).toHaveValue("team-b");
});

test("a path that is not tracked is judged as new; one of elsewhere is not judged at all", async ({ page }) => {
	await page.goto("/may-i/?path=src/mlx_distributed/training/new.py");
	await expect(answer(page)).toContainText("No tracked file has this path: judged as a new file.");
	await expect(fact(page, "Owner")).toHaveText("Team B alone");
	await box(page).fill("/home/me/repo/protos/distributed_comm.proto");
	await page.keyboard.press("Enter");
	await expect(answer(page)).toBeHidden();
	await page.getByRole("link", { name: "protos/distributed_comm.proto" }).click();
	await expect(answer(page)).toContainText("A tracked file.");
	await box(page).fill("src");
	await page.keyboard.press("Escape");
	await page.keyboard.press("Enter");
	await expect(answer(page)).toContainText("A folder with 9 tracked files");
	await expect(answer(page)).toContainText("Files in it: Team B 8, nobody 1. What follows is of a new file in it");
});

test("what was promised in a file is said first, in amber, to every team", async ({ page }) => {
	await page.goto("/may-i/?path=grpc_client.py");
	const promise =
		"It keeps, as far as the code says, Team A’s promise to Team B: DistributedInferenceClient.forward_pipeline (line 5)";
	const teams = answer(page).locator(".look-up-teams").first().locator("li");
	await expect(teams.filter({ hasText: "Team C" })).toContainText(promise);
	await expect(teams.locator("svg.level-warning")).toHaveCount(await teams.count());
	await expect(fact(page, "Promises")).toContainText(promise);
	await page.getByLabel("Your team").selectOption({ label: "Team C" });
	await expect(answer(page).locator(".look-up-headline")).toHaveText("You may change it, but not what was promised.");
	await fact(page, "Promises").getByRole("link", { name: "Distributed inference client interface" }).click();
	await expect(page).toHaveURL(/\/contracts\/distributed-inference-client\/$/);

	await page.goto("/may-i/?path=src/mlx_distributed/training/sft/");
	await expect(fact(page, "Promises")).toContainText(
		"trainer.py keeps, as far as the code says, Team B’s promise to Team C: SFTTrainer.train (line 5)",
	);
	await page.goto("/may-i/?path=README.md");
	await expect(answer(page)).toBeVisible();
	await expect(fact(page, "Promises")).toBeHidden();
});

test("where another path was probably meant, that is asked first and nothing is green", async ({ page }) => {
	for (const typed of ["shardng_strategy.py", "Sharding_Strategy.py", "shard"]) {
		await page.goto(`/may-i/?path=${typed}`);
		await expect(page.getByText("Did you mean this path?")).toBeVisible();
		await expect(answer(page)).toContainText("If a new file of this name is meant:");
		await expect(page.locator(".look-up .level-good")).toHaveCount(0);
	}
	await page.getByRole("link", { name: "sharding_strategy.py" }).click();
	await expect(fact(page, "Owner")).toContainText("Shared by all teams");
	await expect(page.getByText("Did you mean")).toBeHidden();

	await page.goto("/may-i/?path=*.py");
	await expect(page.locator(".look-up-problem")).toContainText("This is a pattern and no path");
	await expect(answer(page)).toBeHidden();
	const address = "https://github.com/o/r/blob/main/src/mlx_distributed/training/recovery.py#L12";
	await page.goto(`/may-i/?path=${encodeURIComponent(address)}`);
	await expect(fact(page, "Owner")).toHaveText("Team B alone");
	await expect(answer(page)).toContainText("Not quite as typed: read off the address");
	await page.goto(`/may-i/?path=${encodeURIComponent("src\\mlx_distributed\\training\\recovery.py:7")}`);
	await expect(fact(page, "Owner")).toHaveText("Team B alone");
	await expect(answer(page)).toContainText("slashes stand for backslashes; the line is left out. A tracked file.");
});

test("when the search fails, the answer that stands there goes, and why is said", async ({ page }) => {
	await page.goto("/may-i/?path=README.md");
	await expect(answer(page)).toContainText("A tracked file.");
	await page.evaluate(() => {
		const whole = Worker.prototype.postMessage;
		Object.assign(window, { mend: () => Object.assign(Worker.prototype, { postMessage: whole }) });
		Worker.prototype.postMessage = function () {
			this.dispatchEvent(new ErrorEvent("error", { message: "broken", cancelable: true }));
		};
	});
	await box(page).fill("distributed_api.py");
	await expect(page.getByText("The search over the tracked paths failed: type the whole path.")).toBeVisible();
	await page.keyboard.press("Enter");
	await expect(page.getByRole("alert")).toContainText("The search over the tracked paths failed in this browser.");
	await expect(answer(page)).toBeHidden();
	await page.evaluate(() => (window as unknown as { mend(): void }).mend());
	await page.getByRole("button", { name: "Try again" }).click();
	await expect(fact(page, "Owner")).toHaveText("Team A alone");
});

test("a file of a later build is read; one of another version offers the page anew", async ({ page }) => {
	let version = 1;
	await page.route("**/api/v1/look-up.json", async (route) => {
		const file = await (await route.fetch()).json();
		await route.fulfill({ json: { ...file, version, added: [1] } });
	});
	await page.goto("/may-i/?path=README.md");
	await expect(answer(page)).toContainText("A tracked file.");
	version = 2;
	await page.reload();
	await expect(page.getByRole("alert")).toContainText(
		"The rules arrived damaged, or of another version than this page.",
	);
	version = 1;
	await page.getByRole("button", { name: "Reload the page" }).click();
	await expect(answer(page)).toContainText("A tracked file.");
});

test("each tracked path has the owner the audit gave it", async ({ page }) => {
	const tree: TreeIndex = JSON.parse(readFileSync(new URL("../../content/tree.json", import.meta.url), "utf8"));
	expect(tree.files.length).toBeGreaterThan(30);
	await page.goto("/may-i/");
	for (const [path, place] of tree.files) {
		await box(page).fill(path);
		await page.keyboard.press("Enter");
		await expect(page.locator("#answer")).toHaveText(path);
		const { kind, owner, rule } = tree.verdicts[place] as TreeIndex["verdicts"][number];
		const words = {
			owned: `${owner?.replace("team-", "team ")} alone`,
			shared: "shared by all teams",
			unmatched: "nobody",
		};
		await expect(fact(page, "Owner")).toContainText(new RegExp(`^${words[kind]}`, "i"));
		if (rule !== null)
			await expect(fact(page, "Rule that decides")).toContainText(`${rule.pattern} in ${rule.file}:${rule.line}`);
	}
});

test("files that do not arrive whole give no answer, say why, and are asked for again", async ({ page }) => {
	const problem = page.getByRole("alert");
	await page.route("**/api/v1/look-up.json", (route) => route.abort());
	await page.goto("/may-i/?path=README.md");
	await expect(problem).toContainText("look-up.json could not be fetched: the site does not answer.");
	await page.unroute("**/api/v1/look-up.json");

	await page.route("**/api/v1/paths.json", (route) => route.fulfill({ body: '{"version":1,"head":"' }));
	await problem.getByRole("button", { name: "Try again" }).click();
	await expect(problem).toContainText("The list of tracked paths arrived damaged");
	await page.unroute("**/api/v1/paths.json");

	await page.route("**/api/v1/paths.json", async (route) => {
		const list = await (await route.fetch()).json();
		await route.fulfill({ json: { ...list, head: "0".repeat(40) } });
	});
	await problem.getByRole("button", { name: "Try again" }).click();
	await expect(problem).toContainText("of different commits");
	await expect(answer(page)).toBeHidden();
	await page.unroute("**/api/v1/paths.json");

	await problem.getByRole("button", { name: "Try again" }).click();
	await expect(answer(page)).toContainText("A tracked file.");
	await expect(problem).toBeHidden();
});

test("what is typed before the page runs is kept", async ({ page }) => {
	let release = () => {};
	const isReleased = new Promise<void>((resolve) => {
		release = resolve;
	});
	await page.route("**/_astro/LookUp*.js", async (route) => {
		await isReleased;
		await route.continue();
	});
	await page.goto("/may-i/", { waitUntil: "commit" });
	await box(page).fill("distributed_api.py");
	release();
	await expect(page.locator("astro-island:not([ssr]) .look-up")).toBeVisible();
	await expect(box(page)).toHaveValue("distributed_api.py");
	await box(page).press("Enter");
	await expect(fact(page, "Owner")).toContainText("Team A");
});

test.describe("without script", () => {
	test.use({ javaScriptEnabled: false });

	test("the form of another page leads to how the rules are read by hand", async ({ page }) => {
		await page.goto("/nowhere/");
		await page.getByLabel("Or look up whose a file is").fill("src/x y.py");
		await page.getByRole("button", { name: "Look up" }).click();
		await expect(page).toHaveURL(/\/may-i\/\?path=src%2Fx\+y\.py$/);
		await expect(page.locator("noscript b")).toHaveText("The box needs JavaScript, which is off here.");
		await expect(page.getByRole("heading", { name: "How to read it off the rules" })).toBeVisible();
		await expect(page.locator(".look-up")).toBeHidden();
	});
});

const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };
for (const [size, viewport] of Object.entries(SIZES)) {
	for (const colorScheme of ["light", "dark"] as const) {
		test.describe(`on a ${size}, ${colorScheme}`, () => {
			test.use({ viewport, colorScheme });

			test("axe finds nothing, and nothing hangs over the edge", async ({ page }) => {
				const look = async () => {
					const { violations } = await new AxeBuilder({ page }).analyze();
					expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
					expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
				};
				await page.goto("/may-i/?path=pyproject.toml&team=team-b");
				await expect(answer(page)).toBeVisible();
				await box(page).fill("distri");
				await expect(optionsOf(page).first()).toBeVisible();
				await page.keyboard.press("ArrowDown");
				await look();
				await page.route("**/api/v1/paths.json", (route) => route.abort());
				await page.goto("/may-i/?path=x");
				await expect(page.getByRole("alert")).toBeVisible();
				await look();
			});
		});
	}
}
