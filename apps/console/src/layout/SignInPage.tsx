import { Box, Button, Paper, Stack, Typography } from '@mui/material'
import { useMutation } from '@tanstack/react-query'
import { useLogin } from 'react-admin'
import { FormProvider, useForm } from 'react-hook-form'
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

type Credentials = { readonly email: string; readonly password: string }

function SignInForm() {
  const login = useLogin()
  const form = useForm<Credentials>({ defaultValues: { email: '', password: '' } })
  const signIn = useMutation({ mutationFn: (credentials: Credentials) => login(credentials) })
  return (
    <FormProvider {...form}>
      <Stack
        component="form"
        onSubmit={form.handleSubmit((credentials) => signIn.mutate(credentials))}
        sx={{ gap: 2 }}
      >
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
        {signIn.error === null ? null : <ProblemAlert error={signIn.error} />}
        <Button
          type="submit"
          variant="contained"
          size="medium"
          disabled={signIn.isPending || signIn.isSuccess}
        >
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </Button>
      </Stack>
    </FormProvider>
  )
}
