namespace TicketWorld.Support.Models;

/// <summary>A step of the pipeline that a model may take.</summary>
public enum ModelStep
{
    Classification,
    Extraction,
    Response,
}
