import { Box } from '@mui/material'
import { encode } from 'uqr'

/** Modules of white around a code, which scanners need (ISO/IEC 18004). */
const QUIET_MODULES = 4

/** A QR code as one path, drawn in the browser: the text in it is a secret and goes nowhere. Black on white in dark mode too. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_MODULES })
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <Box
      component="svg"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      sx={{ width: 200, height: 200, bgcolor: '#fff', borderRadius: 1, display: 'block' }}
    >
      <path d={path} fill="#000" />
    </Box>
  )
}
