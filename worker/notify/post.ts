import { type LookupAddress, lookup } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isPublicAddress, literalAddress } from '@/lib/notifications/address'
import { DeliveryError } from './delivery-error'

// Requests to addresses that users gave. Each is one connection, to a public address, checked at the very look-up that
// the connection uses (a name that points elsewhere a moment later gains nothing); no redirect is followed, no proxy is
// used, and what comes back is not read: only its status counts.

interface PostRequest {
  url: URL
  headers: Record<string, string>
  body: Buffer
  allowPrivate: boolean
  /** Ends the request early, when the worker stops. */
  signal?: AbortSignal | undefined
}

/** From the look-up of the name to the head of the answer, in milliseconds. */
const TIMEOUT_MS = 10_000

/** Sends it and returns the status of the answer. Throws a DeliveryError when there is none. */
export async function post({ url, headers, body, allowPrivate, signal }: PostRequest): Promise<number> {
  const address = literalAddress(url)
  if (address && !allowPrivate && !isPublicAddress(address)) throw new DeliveryError('forbidden_address', null, true)
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    return await new Promise<number>((resolve, reject) => {
      const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': `${body.length}`, 'user-agent': 'Obmen' },
        lookup: allowPrivate ? lookup : (publicLookup as LookupFunction),
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      })
      request.once('error', reject)
      request.once('response', (response) => {
        resolve(response.statusCode ?? 0)
        response.on('error', () => {})
        response.destroy()
      })
      request.end(body)
    })
  } catch (error) {
    if (error instanceof DeliveryError) throw error
    if (timeout.aborted) throw new DeliveryError('timeout')
    const { code, message } = error as NodeJS.ErrnoException
    throw new DeliveryError('unreachable', code ?? message)
  }
}

/** As dns.lookup, but for addresses of the public internet only. */
function publicLookup(
  hostname: string,
  options: Parameters<LookupFunction>[1],
  done: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, [])
    const [first] = addresses
    if (!first || addresses.some(({ address }) => !isPublicAddress(address))) {
      return done(new DeliveryError('forbidden_address', null, true), [])
    }
    if (options.all) done(null, addresses)
    else done(null, first.address, first.family)
  })
}
