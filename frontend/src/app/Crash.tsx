import { Compass, RotateCw } from 'lucide-react'
import { Button, LinkButton } from '../ui/Button'
import { Empty } from '../ui/states'
import { useTitle } from '../ui/useTitle'

/** The last resort: a page that broke offers a fresh start instead of a blank screen. */
export function Crash() {
  useTitle('Something broke')
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty
        icon={<RotateCw size={26} aria-hidden="true" />}
        title="This page broke"
        action={
          <Button
            onClick={() => {
              window.location.reload()
            }}
          >
            Load it again
          </Button>
        }
      >
        Nothing you saved is lost. Loading the page again usually helps.
      </Empty>
    </main>
  )
}

export function NotFound() {
  useTitle('Not found')
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty
        icon={<Compass size={26} aria-hidden="true" />}
        title="There is nothing here"
        action={<LinkButton to="/">To your groups</LinkButton>}
      >
        The address may be mistyped, or the group is not yours to see.
      </Empty>
    </main>
  )
}
