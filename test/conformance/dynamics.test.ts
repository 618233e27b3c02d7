import { describeCrmAdapter } from './describeCrmAdapter';
import { openDynamicsWorld } from './dynamicsWorld';
import { describeReadingChanges } from './readingChanges';

describeCrmAdapter('Dynamics 365 over the stand-in', () => openDynamicsWorld());
describeCrmAdapter('Dynamics 365 without change tracking', () => openDynamicsWorld({ tracked: false }), { parts: [describeReadingChanges] });
