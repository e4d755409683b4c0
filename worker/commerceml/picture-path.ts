/** A path longer than this is no path, and would not fit into an index. */
const MAX_LENGTH = 500

/**
 * A picture's path under import_files, as 1C writes it; null when it cannot be one: an absolute path, one that climbs
 * out by `..`, a URL, a drive, NUL and other control characters (COMMERCEML.md §5, Images).
 */
export function picturePath(raw: string): string | null {
  const slashed = raw.trim().replaceAll('\\', '/')
  // A leading «name:» is a URL's scheme or a drive.
  if (/^\/|^[a-z][a-z\d+.-]*:|\p{Cc}|\p{Cs}/iu.test(slashed)) return null
  const parts = slashed.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) return null
  if (parts[0] === 'import_files') parts.shift()
  const path = parts.join('/')
  return path === '' || path.length > MAX_LENGTH ? null : path
}
