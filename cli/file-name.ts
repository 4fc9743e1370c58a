// A name that somebody chose, such as a policy's, as a part of a file's name: whatever stands in it, it names
// one file or folder in the place where it is to be, on every system, and a shell takes it as it is.

/**
 * Longest that comes out, in letters. At most four bytes each, it leaves room below the 255 bytes that file
 * systems allow (NAME_MAX of Linux) for what is put around it.
 */
const longest = 48;

/** Letters, digits, dots, hyphens and underscores of any script; `unnamed` where none is left. */
export const fileName = (name: string): string => {
  const plain = name.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '-');
  // A leading dot hides a file, and a leading hyphen makes it an option.
  const short = [...plain.replace(/^[.\p{M}-]+/u, '')].slice(0, longest).join('').replace(/[.-]+$/, '');
  return short === '' ? 'unnamed' : short;
};
