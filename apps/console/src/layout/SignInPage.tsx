import { Box, Button, Paper, Stack, Typography } from '@mui/material'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useLogin } from 'react-admin'
import { FormProvider, useForm } from 'react-hook-form'
import { CodeInput } from '../access/inputs.tsx'
import { useSession } from '../access/session-context.ts'
import { problemOf } from '../api/problem.ts'
import { TextInput } from '../parts/Form.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'

export function SignInPage() {
  return (
    <Box
      sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', bgcolor: 'background.default', p: 2 }}
    >
      <Paper component="main" sx={{ width: 360, p: 4 }}>
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1.25, mb: 3 }}>
          <img src="/favicon.svg" alt="" width={28} height={28} />
          <Typography variant="h1">Droplock console</Typography>
        </Stack>
        <SignInForm />
      </Paper>
    </Box>
  )
}

type Credentials = { readonly email: string; readonly password: string; readonly code: string }

/** Signs in by password, and by a code where the person has a second factor. */
function SignInForm() {
  const session = useSession()
  const login = useLogin()
  const [needsCode, setNeedsCode] = useState(false)
  const form = useForm<Credentials>({ defaultValues: { email: '', password: '', code: '' } })
  const signIn = useMutation({
    mutationFn: async ({ email, password, code }: Credentials) => {
      if (needsCode) await session.signInByCode(code)
      else if ((await session.signIn(email, password)) === 'code_needed') return setNeedsCode(true)
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
