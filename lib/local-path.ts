const HOME = '/admin/imports'

/** A path of this site out of what a URL parameter holds; anything that leads elsewhere becomes the list of imports. */
export function localPath(value: unknown): string {
  if (typeof value !== 'string') return HOME
  // Browsers drop tabs and line breaks and read «\» as «/»: only the URL parser knows where a text leads.
  const base = 'http://this.site'
  const url = URL.canParse(value, base) ? new URL(value, base) : null
  if (!url || url.origin !== base || !value.startsWith('/') || url.pathname.startsWith('/login')) return HOME
  // A path of two slashes would be a host, once it stands alone.
  const path = url.pathname.replace(/^\/+/, '/')
  return path + url.search + url.hash
}
