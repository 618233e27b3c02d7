export { needChromium } from './chromium.mjs';
export { needCli } from './cli.mjs';
export { needN8n } from './n8n.mjs';
export { needPostgres, postgresProgram, postgresUser } from './postgres.mjs';
export { SetupError } from './say.mjs';
