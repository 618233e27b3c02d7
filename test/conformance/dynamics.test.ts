import { describeCrmAdapter } from './describeCrmAdapter';
import { openDynamicsWorld } from './dynamicsWorld';

describeCrmAdapter('Dynamics 365 over the stand-in', openDynamicsWorld);
