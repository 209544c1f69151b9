import type { Language } from '@droplock/rules/members'
import { html } from 'hono/html'

/** How soon the browser asks again. Seconds. */
export const ASK_AGAIN_SECONDS = 10

const texts: Readonly<
  Record<Language, { readonly title: string; readonly text: string; readonly again: string }>
> = {
  en: {
    title: 'The service cannot be reached at the moment',
    text: 'Nothing is lost: orders and payments go on. This page tries again by itself.',
    again: 'Try again now',
  },
  zh: {
    title: '服务暂时无法访问',
    text: '不会丢失任何内容：订单和付款照常处理。本页会自动重试。',
    again: '立即重试',
  },
}

const style = `
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: #f7f9fa; color: #1c2529 }
main { max-width: 32rem; margin: 15vh auto; padding: 0 1.5rem }
h1 { font-size: 1.4rem }
a { color: #0b5f66 }
`

/** In place of a page that cannot be drawn, because nothing behind this server answers. The address keeps what was on it. */
export function writeDownPage(language: Language) {
  const { title, text, again } = texts[language]
  return html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${ASK_AGAIN_SECONDS}"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1><p>${text}</p><p><a href="">${again}</a></p></main></body>
</html>`
}
