//! The roles `backup` and `restore`, with files or standard input and output.

use std::{
    fs::File,
    io::{self, IsTerminal, Seek, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use mongodb::Database;
use tempfile::NamedTempFile;

use super::{Header, backup, restore};
use crate::{
    failure::{Failure, Outcome, internal},
    migrations::Migration,
};

/// Where a backup goes.
#[derive(Clone, Debug, Args)]
pub(crate) struct Target {
    /// The file to write, or a folder for a file that is named by subgraph and time; standard output when not given.
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
}

/// Where a backup comes from.
#[derive(Clone, Debug, Args)]
pub(crate) struct Source {
    /// The file to read; standard input when not given.
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
    /// Replace what the database holds.
    #[arg(long)]
    replace: bool,
}

impl Target {
    /// Takes a backup; describes it on standard error.
    pub(crate) async fn back_up(&self, database: &Database, subgraph: &str) -> Outcome<()> {
        let header = match &self.file {
            Some(path) => to_file(database, subgraph, path).await?,
            None if io::stdout().is_terminal() => {
                return Err(Failure::internal("a terminal cannot keep a backup: name a --file or redirect the output"));
            }
            None => backup(database, subgraph, io::stdout()).await?,
        };
        say("backed up", &header);
        Ok(())
    }
}

/// Writes to a temporary file and renames it once it is complete, so that there is never a partial backup. Only its
/// owner may read it, because it contains the whole database.
async fn to_file(database: &Database, subgraph: &str, path: &Path) -> Outcome<Header> {
    let is_folder = path.is_dir();
    let folder = if is_folder { path } else { path.parent().unwrap_or(path) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let file = NamedTempFile::new_in(folder).map_err(|error| at(folder, &error))?;
    let header = backup(database, subgraph, io::BufWriter::new(&file)).await?;
    file.as_file().sync_all().map_err(internal)?;
    file.persist(if is_folder { path.join(file_name(&header)) } else { path.to_owned() }).map_err(internal)?;
    Ok(header)
}

/// Without colons, which some file systems and tools do not accept. File names sort by time.
fn file_name(header: &Header) -> String {
    format!("{}-{}.quits", header.subgraph, header.taken_at.to_string().replace(':', "-"))
}

impl Source {
    /// Restores a backup; describes it on standard error.
    pub(crate) async fn restore(
        &self,
        database: &Database,
        (subgraph, migrations): (&str, &[Migration]),
    ) -> Outcome<()> {
        let file = match &self.file {
            Some(path) => File::open(path).map_err(|error| at(path, &error))?,
            None => spooled()?,
        };
        let header = restore(database, (subgraph, migrations), file, self.replace).await?;
        say("restored", &header);
        Ok(())
    }
}

/// Standard input cannot be read twice, so it is copied to an anonymous temporary file to be checked first.
fn spooled() -> Outcome<File> {
    if io::stdin().is_terminal() {
        return Err(Failure::internal("a terminal holds no backup: name a --file or redirect the input"));
    }
    let mut file = tempfile::tempfile().map_err(internal)?;
    io::copy(&mut io::stdin().lock(), &mut file).map_err(internal)?;
    file.rewind().map_err(internal)?;
    Ok(file)
}

fn at(path: &Path, error: &io::Error) -> Failure {
    Failure::internal(format!("{}: {error}", path.display()))
}

fn say(done: &str, header: &Header) {
    let Header { subgraph, schema_version, taken_at, collections, .. } = header;
    let (documents, collections) = (header.documents(), collections.len());
    let text = format!(
        "{subgraph}: {done} {documents} documents in {collections} collections, version {schema_version}, of {taken_at}"
    );
    // A closed standard error does not matter.
    let _ = writeln!(io::stderr(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_a_folder_is_named_by_subgraph_and_time() {
        let mut header = Header::new("notes", 1, Vec::new());
        header.taken_at = "2026-11-22T09:30:00Z".parse().unwrap();
        assert_eq!(file_name(&header), "notes-2026-11-22T09-30-00.000Z.quits");
    }
}
