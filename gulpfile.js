'use strict';

const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');

/** Runs a program of node_modules/.bin and fails the task when it fails. */
function run(program, ...args) {
	return spawn(process.execPath, [require.resolve(program), ...args], { stdio: 'inherit' });
}

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

function compile() {
	return run('typescript/bin/tsc', '--project', 'tsconfig.build.json');
}

/** n8n shows a node without an icon when the file is missing and says nothing: every icon has to be copied. */
function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

const build = series(clean, parallel(compile, icons));

function watchSources() {
	watch(['index.ts', 'nodes/**/*', 'credentials/**/*', 'src/**/*'], { ignoreInitial: false }, compile);
	watch('icons/*.svg', { ignoreInitial: false }, icons);
}

module.exports = { build, clean, default: build, watch: series(clean, watchSources) };
