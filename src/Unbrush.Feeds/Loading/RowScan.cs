using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Unbrush.Core;

namespace Unbrush.Feeds.Loading;

/// <summary>The database's table function <c>import_rows(number)</c>: the rows of a <see cref="RowStore"/>, as they were written.</summary>
internal static unsafe class RowScan
{
    private const string Name = "import_rows";

    /// <summary>Stores by their numbers; only what is here can be read.</summary>
    private static readonly ConcurrentDictionary<long, RowStore> Stores = new();

    private static long _last;

    /// <summary>Shows a store to the database.</summary>
    /// <returns>The number by which it is named.</returns>
    public static long Show(RowStore store)
    {
        var number = Interlocked.Increment(ref _last);
        Stores[number] = store;
        return number;
    }

    /// <summary>Takes a store away again.</summary>
    public static void Hide(long number) => Stores.TryRemove(number, out _);

    /// <summary>The store as a relation, with every column of its table, and <c>file_row</c>.</summary>
    public static string Relation(long number) => string.Create(CultureInfo.InvariantCulture, $"{Name}({number})");

    /// <summary>Makes the function known to a database; once more does no harm.</summary>
    /// <exception cref="UnbrushException">The database refuses.</exception>
    public static void Register(DuckDBConnection connection)
    {
        var function = NativeMethods.TableFunction.DuckDBCreateTableFunction();
        try
        {
            NativeMethods.TableFunction.DuckDBTableFunctionSetName(function, Name);
            using (var number = NativeMethods.LogicalType.DuckDBCreateLogicalType(DuckDBType.BigInt))
                NativeMethods.TableFunction.DuckDBTableFunctionAddParameter(function, number);
            NativeMethods.TableFunction.DuckDBTableFunctionSupportsProjectionPushdown(function, true);
            NativeMethods.TableFunction.DuckDBTableFunctionSetBind(function, &Bind);
            NativeMethods.TableFunction.DuckDBTableFunctionSetInit(function, &Begin);
            NativeMethods.TableFunction.DuckDBTableFunctionSetFunction(function, &Next);
            if (!NativeMethods.TableFunction.DuckDBRegisterTableFunction(connection.NativeConnection, function).IsSuccess())
                throw new InvalidOperationException($"The database does not take the function {Name}.");
        }
        finally
        {
            NativeMethods.TableFunction.DuckDBDestroyTableFunction(ref function);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(IntPtr info)
    {
        try
        {
            using var parameter = NativeMethods.TableFunction.DuckDBBindGetParameter(info, 0);
            // Asking for the number of a null would end the process.
            var number = parameter.IsNull() ? 0 : parameter.GetValue<long>();
            if (!Stores.TryGetValue(number, out var store))
            {
                NativeMethods.TableFunction.DuckDBBindSetError(info, $"{Name} reads what an import has just read, and nothing else.");
                return;
            }

            using (var text = NativeMethods.LogicalType.DuckDBCreateLogicalType(DuckDBType.Varchar))
            {
                foreach (var name in store.Names)
                    NativeMethods.TableFunction.DuckDBBindAddResultColumn(info, name, text);
            }

            using (var row = NativeMethods.LogicalType.DuckDBCreateLogicalType(DuckDBType.BigInt))
                NativeMethods.TableFunction.DuckDBBindAddResultColumn(info, "file_row", row);
            NativeMethods.TableFunction.DuckDBBindSetCardinality(info, (ulong)store.Rows, true);
            NativeMethods.TableFunction.DuckDBBindSetBindData(info, checked((IntPtr)number), null);
        }
        catch (Exception e)
        {
            NativeMethods.TableFunction.DuckDBBindSetError(info, e.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Begin(IntPtr info)
    {
        try
        {
            var columns = (int)NativeMethods.TableFunction.DuckDBInitGetColumnCount(info);
            // The block that is next, how many columns are asked for, and which.
            var scan = (int*)NativeMemory.AllocZeroed((nuint)(columns + 2), sizeof(int));
            scan[1] = columns;
            for (var c = 0; c < columns; c++)
                scan[c + 2] = (int)NativeMethods.TableFunction.DuckDBInitGetColumnIndex(info, (ulong)c);
            NativeMethods.TableFunction.DuckDBInitSetInitData(info, (IntPtr)scan, &End);
        }
        catch (Exception e)
        {
            NativeMethods.TableFunction.DuckDBInitSetError(info, e.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Next(IntPtr info, IntPtr output)
    {
        try
        {
            var scan = (int*)NativeMethods.TableFunction.DuckDBFunctionGetInitData(info);
            var store = Stores[NativeMethods.TableFunction.DuckDBFunctionGetBindData(info)];
            // The database's own; it must not be destroyed here.
            var chunk = new DuckDBDataChunk(output);
            var rows = scan[0] < store.Blocks ? store.Fill(scan[0]++, chunk, new(scan + 2, scan[1])) : 0;
            NativeMethods.DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)rows);
        }
        catch (Exception e)
        {
            NativeMethods.TableFunction.DuckDBFunctionSetError(info, e.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End(IntPtr scan) => NativeMemory.Free((void*)scan);
}
