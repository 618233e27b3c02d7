import { RestError, type Session } from './session';
import { waitFor } from './waiting';
import type { StoredWorkflow } from './workflows';

/** How far n8n is with making a workflow's triggers live. */
export interface Publication {
	readonly status: 'pending' | 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	readonly triggers?: ReadonlyArray<{ readonly status: string; readonly errorMessage?: string }>;
}

const SETTLED: ReadonlyArray<Publication['status']> = ['published', 'partial', 'failed'];

/** Makes workflows live: their triggers listen and poll. */
export class Publications {
	constructor(private readonly session: Session) {}

	/** Activates a workflow and waits until its triggers are truly live; throws what a trigger failed with. */
	async activate(id: string): Promise<Publication> {
		const { versionId } = await this.session.rest<StoredWorkflow>('GET', `/workflows/${id}`);
		await this.session.rest('POST', `/workflows/${id}/activate`, { versionId });
		const publication = await this.settled(id, ({ status }) => SETTLED.includes(status));
		const failed = publication.triggers?.filter((trigger) => trigger.status === 'failed') ?? [];
		if (failed.length > 0 || publication.status === 'failed') {
			throw new Error(`activation failed: ${failed.map((trigger) => trigger.errorMessage).join('; ')}`);
		}
		return publication;
	}

	/** Deactivates a workflow and waits until its triggers are gone. */
	async deactivate(id: string): Promise<void> {
		await this.session.rest('POST', `/workflows/${id}/deactivate`, {});
		await this.settled(id, ({ status }) => status === 'not_published');
	}

	/** Activation is answered before it happens, so we ask until it is settled. */
	private async settled(id: string, done: (publication: Publication) => boolean): Promise<Publication> {
		let last: Publication | undefined;
		const ask = async () => {
			last = await this.status(id);
			return done(last) ? last : undefined;
		};
		return await waitFor(`publication of workflow ${id}`, ask, {}, () => JSON.stringify(last));
	}

	private async status(id: string): Promise<Publication> {
		try {
			return await this.session.rest<Publication>('GET', `/workflows/${id}/publication-status`);
		} catch (error) {
			if (error instanceof RestError && error.status === 404) return { status: 'not_published' };
			throw error;
		}
	}
}
