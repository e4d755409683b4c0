import { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '@/lib/auth'
import { readAtMost } from '@/lib/bounded-body'

type Context = { params: Promise<{ nextauth: string[] }> }

/** An e-mail, a password, a token and an address, in bytes with room to spare. */
const LARGEST_BODY = 16_384

const answer = (request: Request, context: Context): Promise<Response> =>
  NextAuth(request as never, context as never, authOptions())

/** Signing in and out, and who is signed in. */
export const GET = answer

/** As GET; next-auth would read a body of any size. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const body = await readAtMost(request, LARGEST_BODY)
  if (!body) return new Response(null, { status: 413 })
  const { method, headers, url } = request
  return answer(new NextRequest(url, { method, headers, body }), context)
}
