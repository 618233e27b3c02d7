/** Text made safe for HTML. */
export const escapeHtml = (text: unknown): string =>
	String(text ?? '').replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

const style = `
	:root { color-scheme: light; }
	* { box-sizing: border-box; }
	body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: #16325c; background: #f3f5f9; }
	header { background: #1b5297; color: #fff; padding: 14px 24px; font-weight: 600; }
	header small { font-weight: 400; opacity: .85; margin-left: 8px; }
	main { max-width: 960px; margin: 32px auto; padding: 28px 32px; background: #fff; border: 1px solid #d8dde6; border-radius: 10px; }
	main.narrow { max-width: 460px; }
	h1 { font-size: 21px; margin: 0 0 4px; } p { margin: 8px 0; color: #54698d; }
	ul { padding-left: 20px; } li { margin: 4px 0; }
	table { width: 100%; border-collapse: collapse; margin-top: 16px; } th, td { text-align: left; padding: 8px 10px; border-bottom: 1px solid #e6eaf0; vertical-align: top; overflow-wrap: anywhere; }
	th { color: #54698d; font-weight: 600; white-space: nowrap; } a { color: #0b5cab; }
	select, button { font: inherit; padding: 9px 16px; border-radius: 6px; border: 1px solid #c3ccda; background: #fff; } select { width: 100%; }
	button { cursor: pointer; color: #0b5cab; } button.primary { background: #0b5cab; border-color: #0b5cab; color: #fff; }
	.buttons { display: flex; gap: 10px; justify-content: flex-end; margin-top: 22px; } .note { font-size: 13px; }
`;

/** A whole page with the look of the stand-in; `title` and `aside` are escaped here, `body` is HTML. */
export const page = ({ title, aside = 'Stand-in Salesforce', body, narrow = false }: { title: string; aside?: string; body: string; narrow?: boolean }): string =>
	`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${style}</style></head>` +
	`<body><header>${escapeHtml(aside)}<small>demonstration data only</small></header><main${narrow ? ' class="narrow"' : ''}>${body}</main></body></html>`;
