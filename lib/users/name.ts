/** What a user is called: by name, or else by e-mail; null when there is none. */
export const nameOf = (user: { name: string | null; email: string } | null): string | null =>
  user && (user.name ?? user.email)
