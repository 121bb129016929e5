using Unbrush.Cli;

return Entry.Run(args);
