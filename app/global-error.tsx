'use client'

// The last resort, when even the layout fails: it has no style sheet and no messages, so it speaks both languages.
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="ru" style={{ colorScheme: 'light dark' }}>
      <body style={{ fontFamily: 'system-ui, sans-serif', maxWidth: '36rem', margin: '4rem auto', padding: '0 1rem' }}>
        <title>Obmen</title>
        <h1>Страница не открылась</h1>
        <p>Сервер не смог её подготовить. Идущие импорты продолжаются.</p>
        <p lang="en">The server could not prepare this page. Running imports go on.</p>
        <button type="button" onClick={retry}>
          Попробовать ещё раз · Try again
        </button>
      </body>
    </html>
  )
}
