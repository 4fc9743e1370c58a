// Whose fault it is when a policy fails: the module's, by name, and what it was doing.

/**
 * A module of the policy threw, or returned what it may not. `cause` is what it threw, or a TypeError that
 * says so.
 */
export class ModuleFault extends Error {
  override readonly name = 'ModuleFault';
  readonly module: string;
  readonly verb: 'fresh' | 'decide' | 'dispatch' | 'learn';

  constructor(module: string, verb: ModuleFault['verb'], cause: unknown) {
    const message = cause instanceof Error ? cause.message : String(cause);
    super(`module ${module} failed in ${verb}: ${message}`, { cause });
    this.module = module;
    this.verb = verb;
  }
}
