// For mongosh: makes new servers one replica set, and gives each subgraph the user that its MONGODB_URI names, who may
// use its own database and no other. May run any number of times; a password that has changed is set anew.

const { MONGODB_HOSTS, MONGODB_KEY, MONGODB_ROOT_PASSWORD } = process.env
const SUBGRAPHS = ['users', 'groups', 'expenses', 'payments', 'reports']

const hosts = MONGODB_HOSTS.split(',')
// Members prove with the key that they are of the set. Nobody else is known to a new server.
const asMember = `__system:${encodeURIComponent(MONGODB_KEY)}`

formSet()
const admin = connect(`mongodb://${asMember}@${hosts}/admin?authSource=local&replicaSet=rs0&serverSelectionTimeoutMS=60000`)
giveUser(admin, { user: 'root', pwd: MONGODB_ROOT_PASSWORD, roles: ['root'] })
for (const name of SUBGRAPHS) {
  const { username, password } = credentials(process.env[`${name.toUpperCase()}_MONGODB_URI`])
  giveUser(admin.getSiblingDB(name), { user: username, pwd: password, roles: ['readWrite'] })
}

function formSet() {
  const first = connect(`mongodb://${asMember}@${hosts[0]}/admin?authSource=local&directConnection=true&serverSelectionTimeoutMS=60000`)
  if (first.hello().setName) return
  const members = hosts.map((host, _id) => ({ _id, host }))
  first.adminCommand({ replSetInitiate: { _id: 'rs0', members } })
}

function giveUser(database, { user, ...rest }) {
  if (database.getUser(user)) {
    database.updateUser(user, rest)
  } else {
    database.createUser({ user, ...rest })
  }
}

function credentials(uri) {
  const [, username, password] = /^mongodb(?:\+srv)?:\/\/([^:@/]+):([^@/]+)@/.exec(uri)
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) }
}
