import { Box, Button, Paper, Stack, TextField, Typography } from '@mui/material'
import { type SyntheticEvent, useState } from 'react'
import { useLogin } from 'react-admin'
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

function SignInForm() {
  const login = useLogin()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isSending, setSending] = useState(false)
  const [error, setError] = useState<unknown>()

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    setSending(true)
    setError(undefined)
    try {
      await login({ email, password })
    } catch (problem) {
      setError(problem)
      setSending(false)
    }
  }

  return (
    <Stack component="form" onSubmit={submit} sx={{ gap: 2 }}>
      <TextField
        label="Email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={({ target }) => setEmail(target.value)}
        required
        autoFocus
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={({ target }) => setPassword(target.value)}
        required
      />
      {error === undefined ? null : <ProblemAlert error={error} />}
      <Button type="submit" variant="contained" size="medium" disabled={isSending}>
        {isSending ? 'Signing in…' : 'Sign in'}
      </Button>
    </Stack>
  )
}
