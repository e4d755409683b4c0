import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { PEER_HEADER } from '@/lib/client-address'

/**
 * Puts the other end of each connection into a header of the request. Next.js shows a route no socket, and takes the
 * X-Forwarded-For of whoever sends one; this is the one moment before it has the request.
 */
export function notePeerAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    delete request.headers[PEER_HEADER]
    const { remoteAddress } = request.socket
    if (remoteAddress) request.headers[PEER_HEADER] = remoteAddress
  })
}
