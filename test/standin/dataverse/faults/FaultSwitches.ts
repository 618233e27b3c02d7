/** What a fault may look at to decide whether a request is meant for it. */
export interface FaultRequest {
	readonly method: string;
	readonly path: string;
	readonly kind: string;
	readonly body: unknown;
}

/** How far a fault reaches; without limits it stays on for every request until cleared. */
export interface Reach {
	readonly times?: number;
	readonly when?: (request: FaultRequest) => boolean;
}

/** A fault that was switched on: how often it has struck, and its switch. */
export interface Fault {
	readonly struck: number;
	clear(): void;
}

interface Active {
	readonly kind: PropertyKey;
	readonly settings: unknown;
	readonly reach: Reach;
	struck: number;
}

/** Keeps which faults are on; `Kinds` says what each kind needs to know. */
export class FaultSwitches<Kinds> {
	private active: Active[] = [];

	/** Switches every fault off. */
	clear(): void {
		this.active = [];
	}

	/** Used by the stand-in: the settings of the first fault of this kind that is meant for the request, which then counts as struck. */
	strike<K extends keyof Kinds>(kind: K, request: FaultRequest): Kinds[K] | undefined {
		const fault = this.active.find((one) => one.kind === kind && one.struck < (one.reach.times ?? Infinity) && (one.reach.when?.(request) ?? true));
		if (!fault) return undefined;
		fault.struck += 1;
		return fault.settings as Kinds[K];
	}

	protected add<K extends keyof Kinds>(kind: K, settings: Kinds[K], reach: Reach): Fault {
		const fault: Active = { kind, settings, reach, struck: 0 };
		this.active.push(fault);
		return {
			get struck() {
				return fault.struck;
			},
			clear: () => {
				this.active = this.active.filter((one) => one !== fault);
			},
		};
	}
}
