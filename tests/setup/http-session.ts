// Signing in without a browser, for tests that ask the server many things as many people.

/** The cookies that answers have set, as a browser would send them back. */
class Jar {
  readonly #cookies = new Map<string, string>()

  keep(answer: Response): Response {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1)
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return answer
  }

  toString = (): string => [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

interface Credentials {
  email: string
  password: string
}

export interface SignIn {
  /** What next-auth answered: where to go, with the error in it. */
  url: URL
  status: number
  setCookies: string[]
  /** For the header `Cookie`. */
  cookie: string
}

/** Signs in as the form does; `headers` go with the credentials. */
export async function signInByHttp(
  base: string,
  { email, password }: Credentials,
  { headers = {}, callbackUrl = base, cookie = '' } = {},
): Promise<SignIn> {
  const jar = new Jar()
  const csrf = jar.keep(await fetch(`${base}/api/auth/csrf`))
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const answer = jar.keep(
    await fetch(`${base}/api/auth/callback/credentials`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Cookie: [cookie, `${jar}`].filter(Boolean).join('; '), ...headers },
      body: new URLSearchParams({ email, password, csrfToken, callbackUrl, json: 'true' }),
    }),
  )
  const { url } = (await answer.json()) as { url: string }
  return { url: new URL(url), status: answer.status, setCookies: answer.headers.getSetCookie(), cookie: `${jar}` }
}
