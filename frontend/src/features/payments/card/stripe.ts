import { loadStripe } from '@stripe/stripe-js/pure'
import type { Stripe } from '@stripe/stripe-js'

const scripts = new Map<string, Promise<void>>()

/** Loads Stripe's script, once for each address; a failed attempt can be repeated. */
function loadScript(url: string): Promise<void> {
  const loading = scripts.get(url)
  if (loading) return loading
  const loaded = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    script.src = url
    script.onload = () => {
      resolve()
    }
    script.onerror = () => {
      scripts.delete(url)
      script.remove()
      reject(new Error('The script of Stripe cannot be loaded'))
    }
    document.head.append(script)
  })
  scripts.set(url, loaded)
  return loaded
}

/** Stripe's form for a browser, from the address that the server gives; nothing if it cannot be loaded. */
export async function stripeFrom(url: string, publishableKey: string): Promise<Stripe | null> {
  try {
    await loadScript(url)
    // It finds the script that is there.
    return await loadStripe(publishableKey)
  } catch {
    return null
  }
}
