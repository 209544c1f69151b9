import { ProblemError } from '@droplock/sdk/client'
import { Alert, Button, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { codeOf } from '../api.ts'
import { OwnProblem } from '../own.ts'
import { useSignInHref } from './SignInFirst.tsx'
import { useWords } from './use-words.ts'

/** A refusal or a failure, in words, and what to do; with its code where the pages have no words of it. */
export function Problem({ error, onAgain }: { error: unknown; onAgain?: () => void }) {
  const t = useTranslations('problems')
  const say = useWords()
  const code = codeOf(error)
  const wait = error instanceof OwnProblem ? error.retryAfterSeconds : undefined
  const said =
    error instanceof ProblemError
      ? error.problem?.detail
      : error instanceof OwnProblem
        ? error.message
        : undefined
  return (
    <Alert color="red" variant="light" title={t('title')} role="alert">
      <Text>{say({ code, detail: said ?? t('unreachable') })}</Text>
      {wait === undefined ? null : <Text>{t('wait', { minutes: Math.ceil(wait / 60) })}</Text>}
      {t.has(`codes.${code}` as never) ? null : (
        <Text size="sm" c="dimmed">
          {t('code', { code })}
        </Text>
      )}
      {code === 'unauthenticated' ? (
        <SignInAgain />
      ) : onAgain === undefined ? null : (
        <Button mt="sm" size="xs" variant="default" onClick={onAgain}>
          {t('again')}
        </Button>
      )}
    </Alert>
  )
}

/** The session has ended while the page was open: a whole new page asks for the sign-in, and leads back here. */
function SignInAgain() {
  const t = useTranslations('nav')
  return (
    <Button component="a" href={useSignInHref('sign-in')} mt="sm" size="xs" variant="default">
      {t('signIn')}
    </Button>
  )
}
