import Link from 'next/link'

/** An id of 1C, which leads to its row where there is a way to it. */
export function ExternalId({ id, url }: { id: string; url: string | null }) {
  if (url === null) return <span className="font-mono">{id}</span>
  return (
    <Link href={url} prefetch={false} className="font-mono text-accent underline-offset-2 hover:underline">
      {id}
    </Link>
  )
}
