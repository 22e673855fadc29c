import { Trans } from '@lingui/react/macro'
import { useRegisterSW } from 'virtual:pwa-register/react'

// A tab that stays open for days learns of a deployment without being reloaded.
const LOOK_AGAIN_MS = 60 * 60_000

/** Offers to load a version that was deployed while this one was open. */
export function UpdatePrompt() {
  const {
    needRefresh: [waiting],
    updateServiceWorker,
  } = useRegisterSW({
    onRegisteredSW: (_url, registration) => {
      setInterval(() => void registration?.update(), LOOK_AGAIN_MS)
    },
  })
  if (!waiting) return null
  return (
    <p role="status" data-banner className="banner bg-brand text-on-brand">
      <Trans>A new version of Quits is ready.</Trans>
      <button
        type="button"
        className="reach min-h-9 px-2 underline underline-offset-4"
        onClick={() => void updateServiceWorker()}
      >
        <Trans>Update now</Trans>
      </button>
    </p>
  )
}
