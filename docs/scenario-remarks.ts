// One line on each scenario's figures: whether we believe them, and where the model or the story is weak.

export const remarks: Readonly<Record<string, string>> = {};
