import type { INodeParameters, INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { createCoreRunner, type CoreRunner } from '../n8n/coreRunner';
import { readTemplate, templateFiles } from './templates';

const own = 'n8n-nodes-crm-sync.';
/** The nodes of n8n itself that templates use, with the versions they have been seen to work in. */
const n8nNodes: Readonly<Record<string, readonly number[]>> = {
	'n8n-nodes-base.formTrigger': [2.2],
	'n8n-nodes-base.if': [2.2],
	'n8n-nodes-base.noOp': [1],
	'n8n-nodes-base.scheduleTrigger': [1.2],
	'n8n-nodes-base.stickyNote': [1],
};

let runner: CoreRunner;
beforeAll(async () => {
	runner = await createCoreRunner();
}, 60_000);

/** Parameters that a node does not have, and choices that a parameter does not offer. */
function unknownIn(parameters: INodeParameters, properties: readonly INodeProperties[], path = ''): string[] {
	return Object.entries(parameters).flatMap(([name, value]) => {
		const named = properties.filter((property) => property.name === name);
		if (named.length === 0) return [`${path}${name}`];
		const [{ type }] = named;
		// Operations may each have a parameter of the same name.
		const options = named.flatMap((property) => property.options ?? []);
		if (type === 'collection') return unknownIn(value as INodeParameters, options as INodeProperties[], `${path}${name}.`);
		if (type === 'fixedCollection') {
			const groups = options as INodePropertyCollection[];
			return Object.entries(value as INodeParameters).flatMap(([group, rows]) => {
				const values = groups.find((candidate) => candidate.name === group)?.values;
				return values ? [rows].flat().flatMap((row) => unknownIn(row as INodeParameters, values, `${path}${name}.${group}.`)) : [`${path}${name}.${group}`];
			});
		}
		const offered = (options as INodePropertyOptions[]).map((option) => option.value);
		const unknown = [value].flat().filter((chosen) => offered.length > 0 && !offered.includes(chosen as string));
		return unknown.map((chosen) => `${path}${name} = ${String(chosen)}`);
	});
}

it('there is a template', () => {
	expect(templateFiles).toContain('form-to-salesforce-lead.json');
});

describe.each(templateFiles)('%s', (file) => {
	const template = readTemplate(file);
	const ours = template.nodes.filter(({ type }) => type.startsWith(own));

	it('names only nodes that exist', () => {
		for (const { type, typeVersion } of template.nodes) {
			const versions = type.startsWith(own) ? [runner.packages.getByNameAndVersion(type, typeVersion).description.version].flat() : n8nNodes[type];
			expect({ type, versions }).toEqual({ type, versions: expect.arrayContaining([typeVersion]) });
		}
	});

	it('uses a node of this package, and of it only parameters, choices and credentials that it has', () => {
		expect(ours).not.toEqual([]);
		for (const { type, typeVersion, parameters, credentials = {} } of ours) {
			const { description } = runner.packages.getByNameAndVersion(type, typeVersion);
			expect(unknownIn(parameters, description.properties)).toEqual([]);
			const known = (description.credentials ?? []).map(({ name }) => name);
			expect(known).toEqual(expect.arrayContaining(Object.keys(credentials)));
		}
	});

	it('connects only nodes that it has, by outputs that they have, and gives each its own name and id', () => {
		const names = template.nodes.map(({ name }) => name);
		expect([new Set(names).size, new Set(template.nodes.map(({ id }) => id)).size]).toEqual([names.length, names.length]);
		const ends = Object.values(template.connections).flatMap(({ main }) => main.flatMap((output) => (output ?? []).map(({ node }) => node)));
		expect(names).toEqual(expect.arrayContaining([...Object.keys(template.connections), ...ends]));
		for (const { name, type, typeVersion } of ours) {
			const { outputs } = runner.packages.getByNameAndVersion(type, typeVersion).description;
			expect(template.connections[name]?.main.length ?? 0).toBeLessThanOrEqual(outputs.length);
		}
	});

	it('says on a note how it works, and leaves out no node from the picture', () => {
		expect(template.nodes.map(({ type }) => type)).toContain('n8n-nodes-base.stickyNote');
		const linked = new Set([...Object.keys(template.connections), ...Object.values(template.connections).flatMap(({ main }) => main.flatMap((output) => (output ?? []).map(({ node }) => node)))]);
		expect(template.nodes.filter(({ name, type }) => type !== 'n8n-nodes-base.stickyNote' && !linked.has(name))).toEqual([]);
	});

	it('carries nobody\'s credentials', () => {
		for (const { credentials = {} } of template.nodes) for (const { id } of Object.values(credentials)) expect(id).toBeFalsy();
	});
});
