import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import { createRoot } from "react-dom/client";
import "./main.css";

const GREETING = `# Welcome to the Quits playground.
#
# Log in, then put the token into the headers below:
#   { "authorization": "Bearer <accessToken>" }
# Subscriptions send it too.

mutation LogIn {
  login(input: { email: "", password: "" }) {
    accessToken
  }
}
`;

const { protocol, host } = window.location;

// For a subscription the fetcher sends the headers as the payload of connection_init.
const fetcher = createGraphiQLFetcher({
  url: "/graphql",
  subscriptionUrl: `${protocol === "https:" ? "wss:" : "ws:"}//${host}/graphql/ws`,
});

const page = document.getElementById("playground");
if (page) {
  createRoot(page).render(
    <GraphiQL
      fetcher={fetcher}
      defaultQuery={GREETING}
      defaultEditorToolsVisibility="headers"
      // A token must not outlive the tab it was typed into.
      shouldPersistHeaders={false}
    />,
  );
}
