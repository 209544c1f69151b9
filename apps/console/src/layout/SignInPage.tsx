import { Button, Divider, Stack, Typography } from '@mui/material'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider, useLogin } from 'react-admin'
import { FormProvider, useForm } from 'react-hook-form'
import { useLocation, useSearchParams } from 'react-router-dom'
import { CodeInput } from '../access/inputs.tsx'
import { PlainPage } from '../access/PlainPage.tsx'
import { ProviderProblem } from '../access/ProviderAnswerPage.tsx'
import { goToProvider, useProvider } from '../access/provider.ts'
import { useSession } from '../access/session-context.ts'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import { problemOf } from '../api/problem.ts'
import { TextInput } from '../parts/Form.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'

export function SignInPage() {
  const [search] = useSearchParams()
  const problem = search.get('problem')
  const [needsCode, setNeedsCode] = useState(search.get('step') === 'code')
  return (
    <PlainPage title="Droplock console">
      <Stack sx={{ gap: 2 }}>
        {problem === null ? null : <ProviderProblem code={problem} />}
        <SignInForm needsCode={needsCode} setNeedsCode={setNeedsCode} />
        {needsCode ? null : <ProviderButton />}
      </Stack>
    </PlainPage>
  )
}

type Credentials = { readonly email: string; readonly password: string; readonly code: string }

type SignInFormProps = {
  readonly needsCode: boolean
  readonly setNeedsCode: (needsCode: boolean) => void
}

/** Signs in by password, and by a code where the person has a second factor. */
function SignInForm({ needsCode, setNeedsCode }: SignInFormProps) {
  const session = useSession()
  const login = useLogin()
  const email = emailOf(useLocation().state)
  const form = useForm<Credentials>({ defaultValues: { email, password: '', code: '' } })
  const signIn = useMutation({
    mutationFn: async (typed: Credentials) => {
      if (needsCode) await session.signInByCode(typed.code)
      else if ((await session.signIn(typed.email, typed.password)) === 'code_needed')
        return setNeedsCode(true)
      await login({})
    },
    onError: (error) => {
      if (problemOf(error).code === 'challenge_expired') setNeedsCode(false)
    },
  })
  return (
    <FormProvider {...form}>
      <Stack
        component="form"
        onSubmit={form.handleSubmit((credentials) => signIn.mutate(credentials))}
        sx={{ gap: 2 }}
      >
        {needsCode ? <CodeInput<Credentials> key="code" name="code" /> : <PasswordInputs />}
        {signIn.error === null ? null : <ProblemAlert error={signIn.error} />}
        <Button type="submit" variant="contained" size="medium" disabled={signIn.isPending}>
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </Button>
        {needsCode ? (
          <Button
            color="inherit"
            onClick={() => {
              form.reset()
              signIn.reset()
              setNeedsCode(false)
            }}
          >
            Start again
          </Button>
        ) : null}
      </Stack>
    </FormProvider>
  )
}

/** Of the page that leads here once a password was chosen. */
function emailOf(state: unknown): string {
  const email: unknown = typeof state === 'object' && state !== null ? Reflect.get(state, 'email') : ''
  return typeof email === 'string' ? email : ''
}

function PasswordInputs() {
  return (
    <>
      <TextInput<Credentials>
        name="email"
        label="Email"
        type="email"
        autoComplete="username"
        required
        autoFocus
      />
      <TextInput<Credentials>
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        required
      />
    </>
  )
}

/** Nothing where no identity provider is configured. */
function ProviderButton() {
  const api = useDataProvider<ConsoleDataProvider>()
  const provider = useProvider()
  const go = useMutation({ mutationFn: () => goToProvider(api) })
  if (provider === undefined) return null
  return (
    <>
      <Divider>
        <Typography variant="caption" color="textSecondary">
          or
        </Typography>
      </Divider>
      <Button variant="outlined" size="medium" disabled={go.isPending} onClick={() => go.mutate()}>
        Sign in with {provider.name}
      </Button>
      {go.error === null ? null : <ProblemAlert error={go.error} />}
    </>
  )
}
