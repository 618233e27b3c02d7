import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { quoted } from '../../sync/values/quoted';

/** A setting as it was found, by the name that a person knows it by. An expression may have given anything. */
export interface FoundSetting {
	readonly label: string;
	readonly value: unknown;
}

/**
 * The setting when it is one of the allowed ones: what cannot be understood is never taken for one of them.
 *
 * @throws NodeOperationError naming the setting and what it may be.
 */
export function oneOf<T extends string>(context: IExecuteFunctions, { label, value }: FoundSetting, allowed: readonly T[]): T {
	const found = allowed.find((one) => one === value);
	if (found !== undefined) return found;
	throw notPossible(context, { label, value }, allowed);
}

/**
 * The setting when it says yes or no, as a checkbox or in words.
 *
 * @throws NodeOperationError naming the setting.
 */
export function yesOrNo(context: IExecuteFunctions, setting: FoundSetting): boolean {
	const text = typeof setting.value === 'string' ? setting.value.trim().toLowerCase() : setting.value;
	if (text === true || text === 'true') return true;
	if (text === false || text === 'false') return false;
	throw notPossible(context, setting, ['true', 'false']);
}

function notPossible(context: IExecuteFunctions, { label, value }: FoundSetting, allowed: readonly string[]): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${label} cannot be ${value === undefined ? 'empty' : quoted(value)}.`, {
		description: `Choose it from the list, or let its expression give one of: ${allowed.join(', ')}.`,
	});
}
