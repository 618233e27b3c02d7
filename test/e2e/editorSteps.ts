import { selectors, type Page } from 'playwright-core';

// n8n's editor marks what can be tested this way.
selectors.setTestIdAttribute('data-test-id');

/** What a person does in n8n's editor, step by step. */
export class EditorSteps {
	constructor(private readonly page: Page) {}

	/** Adds a node after the last one: opens the palette, searches, chooses the node and one of its actions. */
	async addNode(search: string, node: string, action: string): Promise<void> {
		await this.page.getByTestId('canvas-handle-plus').last().click();
		await this.page.getByTestId('node-creator-search-bar').waitFor();
		await this.page.keyboard.type(search);
		await this.page.getByTestId('node-creator-item-name').getByText(node, { exact: true }).first().click();
		await this.page.getByText(action, { exact: true }).first().click();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Chooses a credential of the open node by its name, and waits until a field of its CRM is shown. */
	async chooseCredential(name: string, field: string): Promise<void> {
		await this.page.getByTestId('node-credentials-select').click();
		await this.page.getByTestId(/^node-credentials-select-item-/).getByText(name, { exact: true }).click();
		await this.showsField(field);
	}

	/** Waits until a field of the CRM is shown. */
	async showsField(field: string): Promise<void> {
		await this.page.getByTestId(`parameter-input-${field}`).waitFor({ timeout: 15_000 });
	}

	/** What the list of a parameter offers, as it is shown. */
	async offered(parameter: string): Promise<readonly string[]> {
		await this.page.getByTestId(`parameter-input-${parameter}`).click();
		const items = this.page.getByTestId('parameter-input-item').filter({ visible: true });
		await items.first().waitFor();
		const texts = await items.allInnerTexts();
		await this.page.keyboard.press('Escape');
		// Else the next list that is asked for would be this one, on its way out.
		await items.first().waitFor({ state: 'hidden' });
		return texts.map((text) => text.trim());
	}

	/** The value that a parameter shows. */
	async shown(parameter: string): Promise<string> {
		return await this.page.getByTestId(`parameter-input-${parameter}`).locator('input').first().inputValue();
	}

	/** Runs what comes before the open node, so that its input is there to be dragged. */
	async loadInput(): Promise<void> {
		await this.page.getByText('Execute previous nodes').click();
		await this.page.getByTestId('run-data-schema-item').first().waitFor();
	}

	/** Drags a value of the input onto a field of the open node; tried again where the form moved under the mouse. */
	async drag(value: string, field: string): Promise<void> {
		const row = this.page.getByTestId('mapping-fields-container').locator(`[data-test-id="parameter-input-${field}"]`);
		for (let attempt = 0; attempt < 3; attempt++) {
			await this.dragOnce(value, field);
			const landed = row.getByText('$json').first().waitFor({ timeout: 3_000 });
			if (await landed.then(() => true, () => false)) return;
		}
		throw new Error(`${value} does not land on ${field}`);
	}

	private async dragOnce(value: string, field: string): Promise<void> {
		const source = this.page.getByTestId('run-data-schema-item').getByText(value, { exact: true }).first();
		const target = this.page.getByTestId(`parameter-input-${field}`);
		await target.scrollIntoViewIfNeeded();
		const [from, to] = [await source.boundingBox(), await target.boundingBox()];
		if (!from || !to) throw new Error(`cannot drag ${value} onto ${field}`);
		await this.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
		await this.page.mouse.down();
		await this.page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 12 });
		await this.page.mouse.up();
	}

	/** Runs the open node and waits for its output. */
	async execute(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
		await this.page.getByTestId('output-panel').getByTestId('branches').waitFor({ timeout: 20_000 });
	}

	/** Shows the output as a table, branch by its name. */
	async showOutput(branch: string): Promise<void> {
		const panel = this.page.getByTestId('output-panel');
		await panel.getByTestId('branches').getByText(branch).first().click({ timeout: 10_000 });
		await panel.getByTestId('radio-button-schema').click();
	}

	/** Waits until the output shows a text. */
	async seesInOutput(text: string): Promise<boolean> {
		await this.page.getByTestId('output-panel').getByText(text).first().waitFor({ timeout: 15_000 });
		return true;
	}

	/** The labels of the fields that are offered, as they are shown. */
	async fieldLabels(): Promise<string> {
		return await this.page.getByTestId('mapping-fields-container').innerText();
	}
}
