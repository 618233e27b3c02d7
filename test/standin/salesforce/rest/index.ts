import { metadataResources } from '../metadata/resources';
import { queryResources } from '../soql/resources';
import type { ApiResource } from './ApiResource';
import { collectionResources } from './collections';
import { compositeResources } from './composite';
import { externalIdResources } from './externalIds';
import { limitResources } from './limits';
import { replicationResources } from './replication';
import { rowResources } from './rows';
import { versionResources } from './versions';

/** Every resource below `/services/data/vXX.X`; a new API area adds its list here. */
export const resources: readonly ApiResource[] = [
	...versionResources,
	...limitResources,
	...metadataResources,
	...queryResources,
	...replicationResources,
	...rowResources,
	...externalIdResources,
	...collectionResources,
	...compositeResources(() => resources),
];
