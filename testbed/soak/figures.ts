// What a load has done and what befell it: plain counts by kind, and the account at its end. What was lost or
// counted twice is told with an example of each, so that a failed soak says where to look.

export class Figures {
  readonly faults = new Map<string, number>();
  readonly work = new Map<string, number>();
  readonly examples: string[] = [];
  lost = 0;
  twice = 0;
  /** Wrong answers, crashes, bounds not kept: all that must not be besides. */
  wrong = 0;
  /** Asked and never answered: these may have counted or not. */
  unknown = 0;
  longestRecoveryMs = 0;
  /** Growth of what was watched, by name. */
  readonly growth: string[] = [];

  fault(kind: string): void {
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
  }

  did(kind: string, count = 1): void {
    this.work.set(kind, (this.work.get(kind) ?? 0) + count);
  }

  /** A wrong answer or another failure, in words. */
  fail(what: string): void {
    this.wrong += 1;
    this.example(what);
  }

  /** Of many of a kind the first few are enough. */
  example(what: string): void {
    if (this.examples.length < mostExamples) this.examples.push(what);
  }

  recovered(ms: number): void {
    this.longestRecoveryMs = Math.max(this.longestRecoveryMs, ms);
  }

  get isClean(): boolean {
    return this.lost === 0 && this.twice === 0 && this.wrong === 0;
  }
}

const mostExamples = 10;
