import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { needChromium } from '../../setup/need.mjs';
import type { Session } from './session';

/** How a page is opened. */
export interface PageOptions {
	readonly width?: number;
	readonly height?: number;
	readonly colorScheme?: 'light' | 'dark';
}

const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
];
const CANVAS = '[data-test-id="canvas-node"]';
const PANEL = '[data-test-id="ndv"], [data-test-id="node-parameters"]';

/** A browser in which the session's user is signed in to the editor. */
export class EditorBrowser {
	/** What the pages wrote to the console as errors since the last navigation. */
	readonly consoleErrors: string[] = [];
	private browser?: Browser;
	private tab?: Page;

	constructor(private readonly session: Session) {}

	/** The one tab of this browser; n8n lets only one tab at a time edit a workflow. */
	async page({ width = 1500, height = 1000, colorScheme = 'light' }: PageOptions = {}): Promise<Page> {
		this.tab ??= await this.openTab();
		await this.tab.setViewportSize({ width, height });
		await this.tab.emulateMedia({ colorScheme });
		return this.tab;
	}

	/** Opens an address of the editor, such as "/home/credentials/<id>". */
	async open(path: string, options?: PageOptions): Promise<Page> {
		const page = await this.page(options);
		this.consoleErrors.length = 0;
		await page.goto(path.startsWith('http') ? path : `${this.session.baseUrl}${path}`, { waitUntil: 'domcontentloaded' });
		return page;
	}

	/** Opens a workflow, and in it a node's panel when its id is given. */
	async openWorkflow(workflowId: string, nodeId?: string, options?: PageOptions): Promise<Page> {
		const page = await this.open(`/workflow/${workflowId}${nodeId ? `/${nodeId}` : ''}`, options);
		await page.waitForSelector(CANVAS, { timeout: 60_000, state: 'attached' });
		if (nodeId) await page.waitForSelector(PANEL, { timeout: 30_000 });
		return page;
	}

	/** Saves what the tab shows as a PNG file. */
	async screenshot(file: string): Promise<void> {
		const page = await this.page();
		await mkdir(dirname(file), { recursive: true });
		await page.screenshot({ path: file });
	}

	/** Closes the browser. */
	async close(): Promise<void> {
		await this.browser?.close();
		this.browser = undefined;
		this.tab = undefined;
	}

	private async openTab(): Promise<Page> {
		this.browser = await chromium.launch({ executablePath: await needChromium(), args: ARGUMENTS, headless: true });
		const context = await this.browser.newContext();
		const cookies = [...this.session.cookies].map(([name, value]) => ({
			name,
			value: decodeURIComponent(value),
			url: this.session.baseUrl,
		}));
		await context.addCookies(cookies);
		const page = await context.newPage();
		page.on('console', (message) => {
			if (message.type() === 'error') this.consoleErrors.push(message.text());
		});
		page.on('pageerror', (error) => this.consoleErrors.push(String(error)));
		return page;
	}
}
