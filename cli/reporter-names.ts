// The names that `--reporter` takes, apart from what they do, which is loaded only where it is done.

export const reporters = ['line', 'html', 'csv', 'junit', 'md', 'github'] as const;
export type Reporter = (typeof reporters)[number];

export const reporterHelp = `what to print and write, with commas between: ${reporters.join(', ')}`;
export const defaultReporters = 'line,html,csv,junit,md';
